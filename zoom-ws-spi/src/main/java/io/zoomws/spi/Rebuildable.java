package io.zoomws.spi;

/**
 * For an {@link EventHandler} whose effects are derived from the journal and from nothing else, such as a read model: they can
 * be thrown away and derived again, with {@code zoom-ws replay --rebuild}.
 *
 * <p>The host ends the live instance, builds a new one, calls {@link #reset()}, delivers the range that was asked for as a
 * replay, and then goes on live with the same instance.
 */
public interface Rebuildable {

    /**
     * Forgets everything that was derived, and the position if the handler is one with its {@link OwnPosition}. Called by the
     * instance's thread, before any event; once more after a crash, perhaps, so that it must do for what was forgotten already.
     *
     * <p>When it returns, what was forgotten must be so for good, on disk: the host notes at once that it is, and a reset that a
     * crash took back would leave a model of two halves, the old one and what was delivered on top of it. A database that delays
     * its writes must be told to write them.
     *
     * @throws RetryLater if the target is away: it is called again, after growing delays, for ever
     * @throws Exception if that fails: nothing is delivered, and since something may have been forgotten already, each further start
     *     of the instance calls it again before anything else, until it succeeds
     */
    void reset() throws Exception;
}
