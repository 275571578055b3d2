package io.zoomws.spi;

/**
 * A plugin: receives the events of one journal, in order.
 *
 * <p>A plugin is a class that implements this interface, named in {@code META-INF/services/io.zoomws.spi.EventHandler} of
 * its jar, as for a {@link java.util.ServiceLoader}. Guice builds it, so that the constructor may take anything that can be
 * injected; one without parameters needs no Guice at all. A plugin that needs bindings of its own names its Guice modules in
 * {@code META-INF/services/com.google.inject.Module}; most need none.
 *
 * <p><b>Thread.</b> All methods of an instance are called by one thread, which is the instance's own; blocking delays
 * nobody else.
 *
 * <p><b>Delivery.</b> At least once, in sequence order. The position is saved after the method returned; after a crash the
 * events since the last saved position are delivered again. Events that repeat an earlier one
 * ({@link ZoomEvent#duplicateOf()}) are left out.
 *
 * <p><b>Failure.</b> {@link RetryLater} is retried for ever with growing delays, and nothing else is delivered meanwhile:
 * throw it when the target is away. Anything else thrown is retried a few times; then the event is passed over, loudly,
 * and delivery goes on. The host logs the classes of what was thrown and where, never its messages, which may quote an event:
 * what the log is to say, the plugin has to log itself.
 *
 * <p><b>Replay.</b> A replay runs through an instance of its own, beside the live one, and leaves the live position alone;
 * {@link Delivery#replay()} tells.
 *
 * <p><b>End.</b> An instance that implements {@link AutoCloseable} is closed, by its own thread, after the last event.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Handles one event.
     *
     * @param event the event
     * @param delivery how it comes to be delivered
     * @throws RetryLater if the event cannot be handled now but will be later
     * @throws Exception if it cannot be handled
     * @throws InterruptedException if the thread was interrupted: the host is stopping, the event is delivered again later
     */
    void handle(ZoomEvent event, Delivery delivery) throws Exception;

    /**
     * Told of an interval in which events may have been missed. Does nothing unless overridden.
     *
     * @param gap the interval
     * @param delivery how it comes to be delivered
     * @throws Exception as {@link #handle}
     */
    default void gap(Gap gap, Delivery delivery) throws Exception {}
}
