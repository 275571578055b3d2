package io.zoomws.server.delivery;

import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.server.plugins.Causes;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles entries: each is delivered, as often as it takes, or parked. What returns a boolean returns false if the delivery was
 * ended before the entry was settled: then it comes again in the next run.
 */
final class EntryDelivery {

    private static final Logger log = LoggerFactory.getLogger(EntryDelivery.class);

    /** How often it is looked whether one more can be parked. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** So often; then the entry that cannot be parked is offered to the handler again. */
    private static final int LOOKS = 40;

    /** Then the next live entry has its turn. */
    private static final int MOST_AT_ONCE = 100;

    private enum Step {
        /** It was delivered or is parked. */
        SETTLED,
        /** It is to be offered once more. */
        AGAIN,
        /** The delivery ends. */
        ENDED
    }

    private final DeliveryLoop.Task task;
    private final HandlerCall handler;
    private final Parking parking;
    private final Counts counts;
    private final StopSignal stop;
    private final RandomGenerator random;

    EntryDelivery(
            DeliveryLoop.Task task,
            HandlerCall handler,
            Parking parking,
            Counts counts,
            StopSignal stop,
            RandomGenerator random) {
        this.task = task;
        this.handler = handler;
        this.parking = parking;
        this.counts = counts;
        this.stop = stop;
        this.random = random;
    }

    /**
     * Asks for an event's key.
     *
     * @return {@link Outcome.Keyed}, or why the event cannot be delivered now
     */
    Outcome ask(ZoomEvent event) {
        Outcome asked = handler.key(event);
        if (asked instanceof Outcome.Keyed keyed) {
            OptionalLong first = parking.blocking(keyed.key(), event.sequence());
            return first.isPresent() ? new Outcome.Waiting(first.getAsLong(), keyed.key()) : asked;
        }
        return asked;
    }

    /**
     * Settles an entry of the journal.
     *
     * @param before how often it was delivered already in this round
     */
    boolean settle(Entry entry, int before) {
        Attempts attempts = new Attempts(random, Math.max(before, parking.attempts(entry.sequence())));
        Step step = Step.AGAIN;
        while (step == Step.AGAIN) {
            step = offer(entry, attempts);
        }
        if (step == Step.SETTLED) {
            parking.goesOn();
        }
        return step == Step.SETTLED;
    }

    /**
     * Delivers what is due of what is parked, and what waited for that. Not all at once where it is much: live events do not wait for
     * it. Nothing where nothing is redriven.
     */
    boolean redriveDue() {
        if (!parking.redrives()) {
            return true;
        }
        ParkedIndex index = parking.index();
        index.refresh();
        int redriven = 0;
        OptionalLong due = index.due();
        while (due.isPresent()) {
            Optional<String> key = parking.key(due.getAsLong());
            if (!redrive(due.getAsLong())) {
                return false;
            }
            due = key.isPresent() ? index.due(key.get()) : OptionalLong.empty();
            redriven++;
            if (due.isEmpty() && redriven < MOST_AT_ONCE) {
                due = index.due();
            }
        }
        return true;
    }

    private boolean redrive(long sequence) {
        if (stop.isStopped()) {
            return false;
        }
        Optional<Entry> entry = parking.take(sequence);
        Attempts attempts = new Attempts(random, parking.attempts(sequence));
        Step step = entry.isPresent() ? Step.AGAIN : Step.SETTLED;
        while (entry.isPresent() && step == Step.AGAIN) {
            step = offerAgain(entry.get(), attempts);
        }
        return step == Step.SETTLED;
    }

    private Step offer(Entry entry, Attempts attempts) {
        Outcome asked = entry instanceof ZoomEvent event ? ask(event) : new Outcome.Keyed(Optional.empty());
        if (asked instanceof Outcome.Waiting waiting) {
            return parking.waiting(entry, waiting) ? Step.SETTLED : awaitRoom(entry);
        }
        int number = attempts.number();
        Optional<String> key = asked instanceof Outcome.Keyed keyed ? keyed.key() : Optional.empty();
        Outcome outcome = asked instanceof Outcome.Keyed ? deliver(entry, number) : asked;
        return conclude(entry, outcome, attempts, error -> parking.failed(entry, key, number, error));
    }

    /** The order within its key was settled when it became due, by the key with which it is parked. */
    private Step offerAgain(Entry entry, Attempts attempts) {
        if (!parking.isParked(entry.sequence())) {
            return Step.SETTLED; // discarded meanwhile
        }
        int number = attempts.number();
        return conclude(entry, deliver(entry, number), attempts, error -> {
            parking.failedAgain(entry, number, error);
            return true;
        });
    }

    private Outcome deliver(Entry entry, int number) {
        return handler.deliver(entry, new Delivery(task.replay(), number));
    }

    private Step conclude(Entry entry, Outcome outcome, Attempts attempts, Predicate<String> park) {
        if (outcome instanceof Outcome.Done) {
            if (entry instanceof Gap) {
                counts.gaps.incrementAndGet();
            } else {
                counts.handled(1, entry.sequence());
            }
            parking.delivered(entry.sequence());
            return Step.SETTLED;
        }
        if (outcome instanceof Outcome.Postponed postponed) {
            return pause(entry, "asks to try later", postponed.thrown(), attempts.postponed());
        }
        if (outcome instanceof Outcome.Failed failed) {
            Optional<Duration> delay = attempts.failed();
            if (delay.isPresent()) {
                return pause(entry, "failed", failed.thrown(), delay.get());
            }
            if (stop.isStopped()) {
                return Step.ENDED; // perhaps long ago, and another instance parks in this queue by now
            }
            return park.test(Causes.silent(failed.thrown())) ? Step.SETTLED : awaitRoom(entry);
        }
        return Step.ENDED;
    }

    private Step pause(Entry entry, String what, Throwable thrown, Duration delay) {
        log.warn(
                "plugin instance {} {} at sequence {} ({}); again in {} ms",
                task.instance(),
                what,
                entry.sequence(),
                Causes.silent(thrown),
                delay.toMillis());
        if (stop.pause(delay)) {
            return Step.ENDED;
        }
        counts.retries.incrementAndGet();
        return Step.AGAIN;
    }

    /** Waits until one more can perhaps be parked; meanwhile what was asked for is delivered again, since that makes room. */
    private Step awaitRoom(Entry entry) {
        for (int look = 0; look < LOOKS; look++) {
            if (stop.pause(LOOK) || !redriveDue()) {
                return Step.ENDED;
            }
            if (parking.mayHaveRoom(entry.sequence())) {
                return Step.AGAIN;
            }
        }
        return Step.AGAIN;
    }
}
