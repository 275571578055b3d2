package io.zoomws.spi;

import java.util.List;

/**
 * A plugin that is handed several events at once, because that is cheaper for it: one transaction, one request.
 *
 * <p>All that {@link EventHandler} promises holds. A batch is what is there, in sequence order, without waiting for more; so
 * under light load it has one event. Gaps come by themselves, in their place: they end a batch. What a crash repeats are 1,000
 * events at most, or one batch if {@link #batchSize()} is larger.
 *
 * <p><b>Failure.</b> A batch for which {@link RetryLater} is thrown is delivered again as it is. One for which anything else is
 * thrown is delivered again event by event, each in a batch of one, so that only what fails is retried and parked.
 */
public interface BatchHandler extends EventHandler {

    /**
     * Handles events.
     *
     * @param events one at least, {@link #batchSize()} at most, in sequence order; immutable
     * @param delivery how they come to be delivered; the same for all
     * @throws RetryLater if they cannot be handled now but will be later
     * @throws Exception if one of them cannot be handled; then none of them counts as handled
     */
    void handle(List<ZoomEvent> events, Delivery delivery) throws Exception;

    /**
     * How many events a batch may have. Asked once, when delivery begins.
     *
     * @return 1 or more; 500 unless overridden
     */
    default int batchSize() {
        return 500;
    }

    /** A batch of one. */
    @Override
    default void handle(ZoomEvent event, Delivery delivery) throws Exception {
        handle(List.of(event), delivery);
    }
}
