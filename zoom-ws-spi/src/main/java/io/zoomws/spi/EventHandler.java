package io.zoomws.spi;

import java.util.Optional;

/**
 * A plugin: receives the events of one journal, in order.
 *
 * <p>A plugin is a class that implements this interface, named in {@code META-INF/services/io.zoomws.spi.EventHandler} of
 * its jar, as for a {@link java.util.ServiceLoader}. It is built by Guice: by the constructor that carries {@code @Inject}, or
 * else by its only public one; no Guice is needed for that. What it may ask for: a record of its own settings ({@link
 * PluginSettings}), {@link PluginContext}, {@link JournalReader}, {@link Cursors}, {@link PluginMetrics}, {@link ParkedQueue},
 * {@link java.time.Clock}. A plugin that needs bindings of its own names its Guice modules in {@code
 * META-INF/services/com.google.inject.Module}; most need none.
 *
 * <p><b>More, for plugins that want it.</b> {@link BatchHandler}: several events at once. {@link OwnPosition}: exactly once.
 * {@link Rebuildable}: what is derived from the journal can be thrown away and derived again. {@link SideEffects}: a replay
 * does harm. {@link NotReplayable}: it makes no sense. {@link AutoCloseable}: closed after the last event.
 *
 * <p><b>Thread.</b> All methods of an instance, its constructor included, are called by one thread, which is the instance's
 * own; blocking delays nobody else.
 *
 * <p><b>Delivery.</b> At least once, in sequence order. The position is saved after the method returned, for many events at a
 * time; after a crash the events since the last saved position are delivered again: 1,000 at most, or one batch of a {@link
 * BatchHandler} if that is larger. Events that repeat an
 * earlier one ({@link ZoomEvent#duplicateOf()}) are left out.
 *
 * <p><b>Failure.</b> {@link RetryLater} is retried for ever with growing delays of a minute at most, and nothing else is
 * delivered meanwhile: throw it when the target is away. Anything else thrown, an {@link Error} or null too, is retried a few
 * times; then the entry is parked, loudly, and delivery goes on: the operator looks at it and has it delivered again ({@code
 * zoom-ws parked}), which is up to four calls more, whose {@link Delivery#attempt()} goes on from the last. The host logs the
 * classes of what was thrown and where, never its messages, which may quote an event: what the log is to say, the plugin has to
 * log itself. That holds for the plugin's own threads too. What a constructor or a Guice module throws is logged with its
 * message, since it says what is wrong with the settings; one that reads the {@link JournalReader} must not quote an event there.
 *
 * <p><b>Order by key.</b> Where events belong together, see {@link #key}.
 *
 * <p><b>Replay.</b> A replay runs through an instance of its own, beside the live one and with a position of its own; or, for
 * a {@link Rebuildable} plugin, through the live instance. {@link Delivery#replay()} tells.
 *
 * <p><b>End.</b> An instance that implements {@link AutoCloseable} is closed, by its own thread, after the last event. One
 * that is busy when it is to end is interrupted after some seconds; what it was busy with is delivered again later. One that
 * does not end even then is abandoned: its thread goes on, and nothing is delivered to it any more.
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

    /**
     * What an event belongs to, for handlers that must not see a later event of a thing while an earlier one is parked: the
     * later ones are parked too, and are delivered in order once the first is. Nothing belongs together unless this is
     * overridden or the operator sets {@code order-by}.
     *
     * @param event the event
     * @return for example the UUID of its meeting, 1,000 characters at most; empty if its order does not matter. Keys are
     *     written to disk with what is parked.
     * @throws Exception as {@link #handle}
     */
    default Optional<String> key(ZoomEvent event) throws Exception {
        return Optional.empty();
    }
}
