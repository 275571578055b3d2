package io.zoomws.server.delivery;

import io.zoomws.server.plugins.Causes;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes entries from a journal, in order, and hands those that concern it to a handler until told to stop or until the end
 * of a range. Runs on the instance's own thread.
 */
final class DeliveryLoop {

    /**
     * What is delivered, and how.
     *
     * @param instance name, for the log
     * @param events which events
     * @param replay whether this is a replay
     * @param end sequence before which to stop; {@link Long#MAX_VALUE} for never
     */
    record Task(String instance, EventChoice events, boolean replay, long end) {}

    private static final Logger log = LoggerFactory.getLogger(DeliveryLoop.class);

    /** The journal wakes us when something comes; this only bounds how late we notice that we are to stop. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /** What a handler can be given. */
    private static final Set<EntryKind> KINDS = EnumSet.of(EntryKind.EVENT, EntryKind.GAP);

    private final Task task;
    private final HandlerCall handler;
    private final Progress progress;
    private final Counts counts;
    private final StopSignal stop;
    private final RandomGenerator random;

    DeliveryLoop(
            Task task, HandlerCall handler, Progress progress, Counts counts, StopSignal stop, RandomGenerator random) {
        this.task = task;
        this.handler = handler;
        this.progress = progress;
        this.counts = counts;
        this.stop = stop;
        this.random = random;
    }

    /**
     * Delivers until the end.
     *
     * @param from where to begin; where the journal begins later, what lies between is gone
     * @throws io.zoomws.spi.JournalException if the journal cannot be read; what was passed remains passed
     */
    void run(JournalReader reader, long from) {
        try (Tailer tailer = tail(reader, from)) {
            run(tailer, from);
        }
    }

    /** Begins to read what may concern the handler. */
    Tailer tail(JournalReader reader, long from) {
        return reader.tail(from, KINDS, task.events().types());
    }

    void run(Tailer tailer, long from) {
        long done = tailer.position();
        if (done > from) {
            logLost(from, done);
        }
        try {
            while (!stop.isStopped() && done < task.end()) {
                Entry entry = next(tailer);
                if (entry != null && entry.sequence() < task.end() && !deliver(entry)) {
                    return;
                }
                // Also over what does not concern the handler, so that it is not looked at again.
                long reached = Math.min(tailer.position(), task.end());
                if (reached > done) {
                    done = reached;
                    progress.passed(done);
                }
            }
        } finally {
            progress.idle();
        }
    }

    private @Nullable Entry next(Tailer tailer) {
        Entry entry = tailer.poll();
        if (entry != null) {
            return entry;
        }
        progress.idle();
        try {
            return tailer.poll(LONGEST_WAIT);
        } catch (InterruptedException e) {
            // Only a plugin's own stray thread can have done this: we stop by the signal, never by an interrupt out
            // here.
            return null;
        }
    }

    /**
     * Delivers one entry, if it concerns the handler, as often as it takes.
     *
     * @return false if the delivery was ended before the entry was done
     */
    private boolean deliver(Entry entry) {
        // A stop while we waited for the entry: the handler is not entered any more, and the entry comes again.
        if (stop.isStopped()) {
            return false;
        }
        return !concerns(entry) || deliverUntilDone(entry);
    }

    private void logLost(long from, long to) {
        log.error(
                "plugin instance {}: sequences {} to {} are no longer in the journal and were NOT delivered; delivery goes on at"
                        + " {}",
                task.instance(),
                from,
                to - 1,
                to);
    }

    private boolean concerns(Entry entry) {
        return entry instanceof ZoomEvent event
                ? event.duplicateOf().isEmpty() && task.events().hasAccountOf(event)
                : entry instanceof Gap;
    }

    private boolean deliverUntilDone(Entry entry) {
        Attempts attempts = new Attempts(random);
        while (true) {
            Delivery delivery = new Delivery(task.replay(), attempts.number());
            HandlerCall.Outcome outcome = handler.deliver(entry, delivery);
            if (outcome instanceof HandlerCall.Done) {
                (entry instanceof Gap ? counts.gaps : counts.handled).incrementAndGet();
                return true;
            }
            Optional<Duration> delay = Optional.empty();
            if (outcome instanceof HandlerCall.Postponed postponed) {
                delay = Optional.of(attempts.postponed());
                logRetry(entry, "asks to try later", postponed.thrown(), delay.get());
            } else if (outcome instanceof HandlerCall.Failed failed) {
                delay = attempts.failed();
                if (delay.isEmpty()) {
                    passOver(entry, delivery.attempt(), failed.thrown());
                    return true;
                }
                logRetry(entry, "failed", failed.thrown(), delay.get());
            }
            if (delay.isEmpty() || stop.pause(delay.get())) {
                return false;
            }
            counts.retries.incrementAndGet();
        }
    }

    private void logRetry(Entry entry, String what, Throwable thrown, Duration delay) {
        log.warn(
                "plugin instance {} {} at sequence {} ({}); again in {} ms",
                task.instance(),
                what,
                entry.sequence(),
                Causes.silent(thrown),
                delay.toMillis());
    }

    private void passOver(Entry entry, int attempts, Throwable thrown) {
        counts.passedOver.incrementAndGet();
        log.error(
                "plugin instance {} failed {} times at sequence {}: this entry is PASSED OVER ({}); when the plugin is"
                        + " mended, replay it with --from {} --to {}",
                task.instance(),
                attempts,
                entry.sequence(),
                Causes.silent(thrown),
                entry.sequence(),
                entry.sequence() + 1);
    }
}
