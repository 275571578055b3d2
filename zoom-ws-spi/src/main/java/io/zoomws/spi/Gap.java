package io.zoomws.spi;

import java.time.Instant;

/**
 * An interval in which no connection was proven live, so that events may have been missed. Zoom offers no way to ask for
 * them again over the WebSocket.
 *
 * <p>Gaps may be over-stated by up to one heartbeat interval; they are never under-stated.
 */
public interface Gap extends Entry {

    /**
     * The last instant at which a connection is proven to have been live.
     *
     * @return inclusive start of the interval
     */
    Instant from();

    /**
     * The instant at which a connection was ready again.
     *
     * @return exclusive end of the interval
     */
    Instant to();

    /**
     * Why there was no connection.
     *
     * @return a short lower-case phrase, for example {@code closed by Zoom (1000)}; it holds no secret
     */
    String cause();
}
