package io.zoomws.camel;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal for a pump and tells it how far that came. Confined to the pump's thread; may throw whatever a journal
 * throws, and then goes on where the pump stands.
 */
final class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final Plan plan;
    private final JournalReader reader;
    private final long end;
    private final InFlight inFlight;
    private @Nullable Tailer tailer;
    private @Nullable Entry kept;

    Intake(Plan plan, JournalReader reader, long end, InFlight inFlight) {
        this.plan = plan;
        this.reader = reader;
        this.end = end;
        this.inFlight = inFlight;
    }

    boolean isAtEnd() {
        return inFlight.next() >= end;
    }

    /** The next entry that concerns the route; null if there is none at the moment. */
    @Nullable
    Entry poll() {
        Entry entry = kept;
        kept = null;
        return entry == null ? sift(tailer().poll()) : entry;
    }

    /** As {@link #poll()}, waiting. */
    @Nullable
    Entry poll(Duration limit) throws InterruptedException {
        return sift(tailer().poll(limit));
    }

    /** What was read cannot be handed over now: it is what is read next. */
    void keep(Entry entry) {
        kept = entry;
    }

    /** What concerns nobody is not given at all, but the position is behind it. */
    private @Nullable Entry sift(@Nullable Entry read) {
        Tailer open = tailer();
        Entry entry = read;
        while (entry != null && entry.sequence() < end) {
            if (concerns(entry)) {
                return entry;
            }
            inFlight.skip(entry.sequence());
            entry = open.poll();
        }
        long reached = Math.min(open.position(), end);
        if (reached > inFlight.next()) {
            inFlight.skip(reached - 1);
        }
        return null;
    }

    private boolean concerns(Entry entry) {
        if (entry instanceof ZoomEvent event) {
            return plan.includeDuplicates() || event.duplicateOf().isEmpty();
        }
        return entry instanceof Gap;
    }

    private Tailer tailer() {
        Tailer open = tailer;
        return open == null ? open() : open;
    }

    private Tailer open() {
        Tailer opened = reader.tail(inFlight.next(), kinds(), plan.filter());
        if (opened.position() > inFlight.next()) {
            opened = overtaken(opened);
        }
        tailer = opened;
        return opened;
    }

    /** Retention has removed what comes next. */
    private Tailer overtaken(Tailer opened) {
        long oldest = opened.position();
        if (plan.onLostPosition() == LostPosition.STOP) {
            opened.close();
            throw new JournalException("sequences " + inFlight.next() + " to " + (oldest - 1)
                    + " were removed before they were delivered, and onLostPosition=stop");
        }
        Tailer there = opened;
        if (plan.onLostPosition() == LostPosition.LATEST) {
            opened.close();
            there = reader.tail(reader.resolve(plan.onLostPosition().position()), kinds(), plan.filter());
        }
        log.error(
                "{}: the oldest entry is {}, and onLostPosition is {}: sequences {} to {} were NOT delivered; reading goes on at"
                        + " {}",
                plan.logName(),
                oldest,
                plan.onLostPosition(),
                inFlight.next(),
                there.position() - 1,
                there.position());
        inFlight.skip(there.position() - 1);
        return there;
    }

    private Set<EntryKind> kinds() {
        return plan.includeGaps() ? EnumSet.of(EntryKind.EVENT, EntryKind.GAP) : EnumSet.of(EntryKind.EVENT);
    }

    /** Reading begins anew, where the pump stands, when something is asked for again. */
    void close() {
        kept = null;
        Tailer open = tailer;
        tailer = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                log.warn("{}: the journal could not be closed ({})", plan.logName(), Causes.line(e));
            }
        }
    }
}
