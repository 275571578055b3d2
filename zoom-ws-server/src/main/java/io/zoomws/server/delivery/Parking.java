package io.zoomws.server.delivery;

import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.ZoomEvent;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks what failed, on behalf of one instance and on its thread, and says so. Where it cannot, because the queue or the disk is
 * full, it says that once: whoever asked has to wait, and nothing is given up.
 */
final class Parking {

    private static final Logger log = LoggerFactory.getLogger(Parking.class);

    /** What to do with what a replay parked: what has waited for it has to come behind it. */
    private static final String AGAIN =
            "replay again from the first that is parked to the last: the replay says when it ends"
                    + " with which --from and --to";

    private final String instance;
    private final boolean ends;
    private final ParkedIndex index;
    private final Progress progress;
    private final Counts counts;
    private final Clock clock;
    private boolean blocked;
    private boolean diskFails;

    /**
     * For one delivery.
     *
     * @param task what is delivered
     * @param ends whether the instance ends with the range: then nobody is left to redrive what it parked
     * @param index of what is parked
     * @param progress told when nothing more can be parked
     */
    Parking(DeliveryLoop.Task task, boolean ends, ParkedIndex index, Progress progress, Counts counts, Clock clock) {
        this.instance = task.instance();
        this.ends = ends;
        this.index = index;
        this.progress = progress;
        this.counts = counts;
        this.clock = clock;
    }

    ParkedIndex index() {
        return index;
    }

    /** Whether what is parked is delivered again on request: by a live instance, also while it is rebuilt. */
    boolean redrives() {
        return !ends;
    }

    /** How often an entry was delivered before it was parked; 0 if it is not parked. */
    int attempts(long sequence) {
        return index.about(sequence).map(ParkedEntry::attempts).orElse(0);
    }

    /**
     * Parks an entry that failed.
     *
     * @param error classes and place, see {@link io.zoomws.server.plugins.Causes#silent}
     * @return false if that is not possible now
     */
    boolean failed(Entry entry, Optional<String> key, int attempts, String error) {
        try {
            park(entry, key, attempts, error);
            return true;
        } catch (JournalException e) {
            tellBlocked(entry.sequence(), e);
            return false;
        }
    }

    /**
     * Parks an entry again that was parked and failed again, unless it was discarded meanwhile. Where that cannot be written, it
     * remains as it was.
     */
    void failedAgain(Entry entry, int attempts, String error) {
        long sequence = entry.sequence();
        if (!isParked(sequence)) {
            log.info(
                    "plugin instance {}: sequence {} failed again ({}) and remains discarded",
                    instance,
                    sequence,
                    error);
            return;
        }
        try {
            park(entry, key(sequence), attempts, error);
        } catch (JournalException e) {
            index.postpone(sequence);
            log.error(
                    "plugin instance {}: sequence {} was delivered again and failed ({}); it remains parked as it was: {}",
                    instance,
                    sequence,
                    error,
                    e.getMessage());
        }
    }

    /**
     * Parks an event undelivered, since an earlier one of its key is parked.
     *
     * @return false if that is not possible now
     */
    boolean waiting(Entry event, Outcome.Waiting waiting) {
        if (index.about(event.sequence()).isPresent()) {
            return true;
        }
        try {
            write(event, waiting.key(), 0, "not delivered: sequence " + waiting.first() + " of the same key is parked");
        } catch (JournalException e) {
            tellBlocked(event.sequence(), e);
            return false;
        }
        log.warn(
                "plugin instance {}: sequence {} is PARKED undelivered, since sequence {} of the same key is{}",
                instance,
                event.sequence(),
                waiting.first(),
                ends ? "; it does not follow by itself" : "");
        return true;
    }

    /** The entry for which an event of this key has to wait. */
    OptionalLong blocking(Optional<String> key, long sequence) {
        return key.isPresent() ? index.blocking(key.get(), sequence) : OptionalLong.empty();
    }

    /** An entry was delivered: if it was parked, it no longer is. */
    void delivered(long sequence) {
        if (index.about(sequence).isEmpty()) {
            return;
        }
        try {
            index.remove(sequence);
            log.info("plugin instance {}: sequence {} was parked and is delivered now", instance, sequence);
        } catch (JournalException e) {
            log.error(
                    "plugin instance {}: sequence {} is delivered and remains parked: {}; discard it with 'zoom-ws parked"
                            + " discard {} {}'",
                    instance,
                    sequence,
                    e.getMessage(),
                    instance,
                    sequence);
            index.postpone(sequence);
        }
    }

    /** Delivery goes on: what could not be parked is, or it was delivered. */
    void goesOn() {
        if (blocked) {
            blocked = false;
            progress.blocked(false);
            log.info("plugin instance {} goes on", instance);
        }
    }

    /** The entry itself, to be delivered again; empty, and not to be asked for again, if it cannot be or is not there any more. */
    Optional<Entry> take(long sequence) {
        try {
            Optional<Entry> entry = index.store().entry(sequence);
            if (entry.isEmpty()) {
                index.remove(sequence);
            }
            return entry;
        } catch (JournalException damaged) {
            log.error("plugin instance {}: {}", instance, damaged.getMessage());
            index.dismiss(sequence);
            return Optional.empty();
        }
    }

    /** Whether it is still parked; somebody may have discarded it. */
    boolean isParked(long sequence) {
        boolean there = index.store().contains(sequence);
        if (!there) {
            index.remove(sequence);
        }
        return there;
    }

    /** The key with which it is parked. */
    Optional<String> key(long sequence) {
        return index.about(sequence).flatMap(ParkedEntry::key);
    }

    /** Whether it makes sense to try again to park an entry, now that some time has passed. */
    boolean mayHaveRoom(long sequence) {
        return !diskFails && index.hasRoom(sequence);
    }

    private void park(Entry entry, Optional<String> key, int attempts, String error) {
        write(entry, key, attempts, error);
        long sequence = entry.sequence();
        log.error(
                "plugin instance {} failed at sequence {}, after {} attempts: this entry is PARKED ({}); see 'zoom-ws parked show"
                        + " {} {}', and when the plugin is mended, {}",
                instance,
                sequence,
                attempts,
                error,
                instance,
                sequence,
                ends ? AGAIN : "'zoom-ws parked redrive " + instance + " " + sequence + "'");
    }

    private void write(Entry entry, Optional<String> key, int attempts, String error) {
        long sequence = entry.sequence();
        if (!index.hasRoom(sequence)) {
            throw new JournalException("its parked queue is full (" + index.capacity() + ")");
        }
        String event = entry instanceof ZoomEvent known ? known.type() : "gap";
        diskFails = true; // unless the next call returns
        index.park(new ParkedEntry(sequence, event, clock.instant(), attempts, error, key), entry);
        diskFails = false;
        counts.parked.incrementAndGet();
    }

    private void tellBlocked(long sequence, JournalException why) {
        if (blocked) {
            return;
        }
        blocked = true;
        progress.blocked(true);
        log.error(
                "plugin instance {}: sequence {} cannot be parked: {}; NOTHING MORE IS DELIVERED until it can: {} with 'zoom-ws"
                        + " parked', or mend the disk",
                instance,
                sequence,
                why.getMessage(),
                ends ? "discard" : "discard or redrive");
    }
}
