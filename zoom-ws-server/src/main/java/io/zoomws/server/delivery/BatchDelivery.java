package io.zoomws.server.delivery;

import io.zoomws.server.plugins.Causes;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.Entry;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles events as many at once as the handler takes. A batch that fails is settled event by event, so that only what fails is
 * retried and parked. With a handler that takes no batches, each event is settled by itself.
 */
final class BatchDelivery {

    private static final Logger log = LoggerFactory.getLogger(BatchDelivery.class);

    /** A batch ends after so many entries, whether they concern the handler or not, so that the position moves on. */
    private static final int MOST_LOOKED_AT = 10_000;

    private final DeliveryLoop.Task task;
    private final HandlerCall handler;
    private final Parking parking;
    private final EntryDelivery entries;
    private final Counts counts;
    private final StopSignal stop;
    private final RandomGenerator random;

    /** Up to this sequence events are settled by themselves: they were in a batch that failed. */
    private long singlyUntil;

    /** How often those were delivered with the batch. */
    private int before;

    BatchDelivery(
            DeliveryLoop.Task task,
            HandlerCall handler,
            Parking parking,
            EntryDelivery entries,
            Counts counts,
            StopSignal stop,
            RandomGenerator random) {
        this.task = task;
        this.handler = handler;
        this.parking = parking;
        this.entries = entries;
        this.counts = counts;
        this.stop = stop;
        this.random = random;
    }

    /**
     * Settles an event and, if the handler takes batches, those behind it that are there already; or, if that fails, the first of
     * them.
     *
     * @return false if the delivery was ended before all were settled: then all come again
     */
    boolean settle(ZoomEvent first, Incoming incoming) {
        if (first.sequence() <= singlyUntil) {
            return entries.settle(first, before);
        }
        if (handler.batchSize() == 1 || !isReady(first)) {
            return entries.settle(first, 0);
        }
        List<ZoomEvent> batch = collect(first, incoming);
        if (batch.size() == 1) {
            return entries.settle(first, 0);
        }
        return !stop.isStopped() && deliver(batch, incoming);
    }

    /** What is there, up to the first that has to be looked at by itself. */
    private List<ZoomEvent> collect(ZoomEvent first, Incoming incoming) {
        List<ZoomEvent> batch = new ArrayList<>();
        batch.add(first);
        for (int looked = 0; batch.size() < handler.batchSize() && looked < MOST_LOOKED_AT; looked++) {
            Entry entry = stop.isStopped() ? null : incoming.poll();
            if (entry == null) {
                break;
            }
            boolean concerns = entry.sequence() < task.end() && task.concerns(entry);
            if (concerns && entry instanceof ZoomEvent event && isReady(event)) {
                batch.add(event);
            } else if (concerns || entry.sequence() >= task.end()) {
                incoming.putBack(List.of(entry));
                break;
            }
        }
        return List.copyOf(batch);
    }

    /** Whether its key is known and free, and it was not parked before: then it can be delivered with others. */
    private boolean isReady(ZoomEvent event) {
        return parking.attempts(event.sequence()) == 0 && entries.ask(event) instanceof Outcome.Keyed;
    }

    private boolean deliver(List<ZoomEvent> batch, Incoming incoming) {
        Attempts attempts = new Attempts(random, 0);
        while (true) {
            int number = attempts.number();
            Outcome outcome = handler.deliver(batch, new Delivery(task.replay(), number));
            if (outcome instanceof Outcome.Done) {
                counts.handled(batch.size(), batch.get(batch.size() - 1).sequence());
                batch.forEach(event -> parking.delivered(event.sequence()));
                return true;
            }
            if (outcome instanceof Outcome.Postponed postponed) {
                Duration delay = attempts.postponed();
                logRetry(batch, "asks to try later", postponed.thrown(), "in " + delay.toMillis() + " ms");
                if (stop.pause(delay)) {
                    return false;
                }
                counts.retries.incrementAndGet();
            } else if (outcome instanceof Outcome.Failed failed) {
                logRetry(batch, "failed", failed.thrown(), "event by event");
                counts.retries.incrementAndGet();
                singlyUntil = batch.get(batch.size() - 1).sequence();
                before = number;
                incoming.putBack(batch.subList(1, batch.size()));
                return entries.settle(batch.get(0), number);
            } else {
                return false;
            }
        }
    }

    private void logRetry(List<ZoomEvent> batch, String what, Throwable thrown, String again) {
        log.warn(
                "plugin instance {} {} at the {} events of sequence {} to {} ({}); again {}",
                task.instance(),
                what,
                batch.size(),
                batch.get(0).sequence(),
                batch.get(batch.size() - 1).sequence(),
                Causes.silent(thrown),
                again);
    }
}
