package io.zoomws.core;

import java.nio.ByteBuffer;

/** Takes each frame that arrives, control frames included, in the order of arrival within a connection. */
@FunctionalInterface
public interface FrameSink {

    /**
     * Takes one frame. Called on the event loop, which also keeps the connection alive: it must not block. If it throws, the
     * frame counts as lost: the connection is cut, so that the loss becomes a gap, and opened anew after a delay.
     *
     * <p>After false a few more frames may come, those already read from the socket: 64 KiB or one frame.
     *
     * @param type what the payload is
     * @param connection the number of the connection
     * @param receivedAtNanos when it arrived, in nanoseconds since the epoch by the wall clock
     * @param provenAtNanos the latest instant at which this frame proves the link to have been live, in nanoseconds since
     *     the epoch, or 0 if it proves nothing: for an answered heartbeat, when that heartbeat was sent; for the
     *     {@code build_connection} that makes a connection ready, when the handshake request was sent. It is told after
     *     {@link ConnectionListener#gap}, so that whoever stores both in order never stores a proof without the gap before it.
     * @param payload the bytes; the buffer is the connection's and valid during the call only
     * @return false to stop reading from the socket until {@link ZoomConnection#resumeReading()}; the frame was taken all the
     *     same
     */
    boolean accept(FrameType type, long connection, long receivedAtNanos, long provenAtNanos, ByteBuffer payload);
}
