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
     * instance's thread, before any event.
     *
     * @throws Exception if that fails: nothing is delivered, and the instance stands where it stood
     */
    void reset() throws Exception;
}
