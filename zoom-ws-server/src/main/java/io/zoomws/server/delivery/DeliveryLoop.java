package io.zoomws.server.delivery;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.util.EnumSet;
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
    record Task(String instance, EventChoice events, boolean replay, long end) {

        /** Whether an entry is one for the handler. */
        boolean concerns(Entry entry) {
            return entry instanceof ZoomEvent event
                    ? event.duplicateOf().isEmpty() && events.hasAccountOf(event)
                    : entry instanceof Gap;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(DeliveryLoop.class);

    /** The journal wakes us when something comes; this only bounds how late we notice that we are to stop. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /** What a handler can be given. */
    private static final Set<EntryKind> KINDS = EnumSet.of(EntryKind.EVENT, EntryKind.GAP);

    private final Task task;
    private final Progress progress;
    private final Counts counts;
    private final StopSignal stop;
    private final EntryDelivery entries;
    private final BatchDelivery batches;

    DeliveryLoop(
            Task task,
            HandlerCall handler,
            Parking parking,
            Progress progress,
            Counts counts,
            StopSignal stop,
            RandomGenerator random) {
        this.task = task;
        this.progress = progress;
        this.counts = counts;
        this.stop = stop;
        this.entries = new EntryDelivery(task, handler, parking, counts, stop, random);
        this.batches = new BatchDelivery(task, handler, parking, entries, counts, stop, random);
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
        Incoming incoming = new Incoming(tailer);
        try {
            while (!stop.isStopped() && done < task.end()) {
                long parkedBefore = counts.parked.get();
                if (!entries.redriveDue() || !deliverNext(incoming)) {
                    return;
                }
                // Also over what does not concern the handler, so that it is not looked at again.
                long reached = Math.min(incoming.position(), task.end());
                if (reached > done) {
                    done = reached;
                    progress.passed(done);
                }
                if (counts.parked.get() > parkedBefore) {
                    // Else one that is parked now, and discarded, would come again after a crash.
                    progress.idle();
                }
            }
        } finally {
            progress.idle();
        }
    }

    /**
     * Delivers what comes next, if it concerns the handler and there is something.
     *
     * @return false if the delivery was ended before it was done
     */
    private boolean deliverNext(Incoming incoming) {
        Entry entry = next(incoming);
        if (entry == null || entry.sequence() >= task.end()) {
            return true;
        }
        // A stop while we waited for the entry: the handler is not entered any more, and the entry comes again.
        if (stop.isStopped()) {
            return false;
        }
        if (!task.concerns(entry)) {
            return true;
        }
        return entry instanceof ZoomEvent event ? batches.settle(event, incoming) : entries.settle(entry, 0);
    }

    private @Nullable Entry next(Incoming incoming) {
        Entry entry = incoming.poll();
        if (entry != null) {
            return entry;
        }
        progress.idle();
        try {
            return incoming.poll(LONGEST_WAIT);
        } catch (InterruptedException e) {
            // Only a plugin's own stray thread can have done this: we stop by the signal, never by an interrupt out
            // here.
            return null;
        }
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
}
