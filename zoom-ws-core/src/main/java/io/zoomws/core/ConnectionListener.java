package io.zoomws.core;

/**
 * Told of the life of the connection, on the event loop, in order with the frames. It must not block. What it throws is
 * logged and changes nothing. Times are nanoseconds since the epoch by the wall clock; causes are short phrases without any
 * secret.
 */
public interface ConnectionListener {

    /**
     * A connection is ready: Zoom confirmed it. Told before the frame that says so reaches the sink.
     *
     * @param connection its number
     * @param atNanos receipt of the confirmation
     */
    void connected(long connection, long atNanos);

    /**
     * A connection that was ready has ended.
     *
     * @param connection its number
     * @param atNanos when that was noticed
     * @param cause why
     */
    void disconnected(long connection, long atNanos, String cause);

    /**
     * An interval without a proven-live connection has ended. Told right after {@link #connected}. Two gaps may overlap, if a
     * connection ended before it answered a heartbeat.
     *
     * @param fromNanos the last instant at which a connection is proven to have been live
     * @param toNanos when the new connection was confirmed
     * @param cause why the connection before ended
     */
    void gap(long fromNanos, long toNanos, String cause);

    /**
     * The wall clock was set while this ran, or the machine slept. Noticed at the next heartbeat at the latest; told before
     * whatever happened at that moment. Does nothing unless overridden.
     *
     * @param fromNanos what the clock would show now
     * @param toNanos what it shows
     */
    default void clockJumped(long fromNanos, long toNanos) {}

    /**
     * The state changed: a good moment for one log line, {@link ConnectionStatus#line()}.
     *
     * @param status the new status
     */
    void changed(ConnectionStatus status);
}
