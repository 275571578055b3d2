package io.zoomws.spi;

import java.util.OptionalLong;

/**
 * For an {@link EventHandler} that stores its position together with what it makes of the events, in one transaction: with
 * it, each event takes effect exactly once, also across a crash.
 *
 * <p>With every event, in the transaction that stores its effect, store {@code event.sequence() + 1}; with a gap, nothing. The
 * host asks where to begin, and its own cursor merely follows. A parked event stores nothing; the next one handled stores a
 * position behind it. One that is delivered again after it was parked comes from before the position as a rule, which must not
 * move back; if the process ends between the handler's commit and the removal from the parked queue, it comes once more.
 * {@link io.zoomws.spi.jdbc.JdbcPosition} is this for SQL databases.
 *
 * <p><b>Where delivery begins.</b> A position stays behind at what is filtered out, parked or discarded. So the host remembers,
 * when something is parked, once a minute and at the end, such a position together with the sequence up to which everything
 * was settled when it was current. If exactly that position is returned, delivery begins at that sequence: a plugin that few
 * events concern is not overtaken by retention, and what was discarded does not come again. Any other position, as after a crash
 * or when the store was set back, decides alone: delivery begins there, whatever the host's cursor says.
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
