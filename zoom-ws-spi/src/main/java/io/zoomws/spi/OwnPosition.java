package io.zoomws.spi;

import java.util.OptionalLong;

/**
 * For an {@link EventHandler} that stores its position together with what it makes of the events, in one transaction: with
 * it, each event takes effect exactly once, also across a crash.
 *
 * <p>With every event, in the transaction that stores its effect, store {@code event.sequence() + 1}. The host asks where to
 * begin, and its own cursor merely follows. A parked event stores nothing; the next one handled stores a position behind it.
 * One that is delivered again after it was parked comes from before the position, which must not move back; if the process ends
 * between the handler's commit and the removal from the parked queue, it comes once more.
 * {@link io.zoomws.spi.jdbc.JdbcPosition} is this for SQL databases.
 */
public interface OwnPosition {

    /**
     * The position last stored. Asked once, before the first event, on the instance's thread.
     *
     * @return sequence of the next event to be handled; empty if none was ever stored: then the host decides, as for any
     *     other handler
     * @throws RetryLater if the store is away; asked again after a while
     * @throws Exception if it cannot be read: the instance does not run
     */
    OptionalLong position() throws Exception;
}
