package io.zoomws.journal;

import io.zoomws.spi.EntryKind;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Derives the index record of each entry, in sequence order. The same for an entry that was just written, for one found
 * after a crash, and for an index that is made anew. One thread at a time.
 */
final class Deriver {

    private final DuplicateWindow window;
    private final Hasher hasher = new Hasher();

    /** Ranges of sequences that are damaged, first to last. */
    private final TreeMap<Long, Long> lost = new TreeMap<>();

    private @Nullable IndexRecord last;
    private @Nullable EventCounts counts;

    Deriver(DuplicateWindow window) {
        this.window = window;
    }

    DuplicateWindow window() {
        return window;
    }

    /** From now on each event that is derived is counted: what was there before the writer began is not. */
    void countInto(EventCounts events) {
        counts = events;
    }

    @Nullable
    IndexRecord last() {
        return last;
    }

    /**
     * The record of the next entry.
     *
     * @param types of the segment
     */
    IndexRecord derive(Envelope envelope, byte[] payload, long position, EventTypes types) {
        Frame frame = envelope.kind() == StoredKind.TEXT_FRAME ? Frame.read(payload) : null;
        EventText event = frame == null ? null : frame.event();
        Hash content = event == null ? Hash.NONE : hasher.content(event);
        Hash stable = event == null ? Hash.NONE : hasher.stable(event, content);
        boolean timed = event != null && event.timed();
        long duplicateOf = event == null
                ? 0
                : window.firstOf(stable, timed, envelope.sequence(), envelope.connection(), envelope.receivedAtNanos());
        IndexRecord record = new IndexRecord(
                envelope.kind(),
                frame == null ? kindOf(envelope.kind()) : frame.kind(),
                false,
                timed,
                envelope.sequence(),
                envelope.receivedAtNanos(),
                position,
                envelope.totalBytes(),
                event == null ? EventTypes.UNKNOWN : types.numberOf(event.type()),
                envelope.connection(),
                duplicateOf,
                content,
                stable,
                link().after(envelope),
                envelope.epoch());
        last = record;
        if (counts != null && event != null) {
            counts.count(event.type(), duplicateOf != 0);
        }
        return record;
    }

    /** Goes on behind a record that was derived before and still fits. */
    void keep(IndexRecord record) {
        if (record.entryKind() == EntryKind.EVENT) {
            window.reload(record);
        }
        last = record;
    }

    /**
     * The record for a sequence whose entry could not be found.
     *
     * @param before what was derived while the entry was still there, or null
     */
    IndexRecord deriveDamaged(long sequence, @Nullable IndexRecord before) {
        boolean fits = before != null && (last == null || before.receivedAtNanos() >= last.receivedAtNanos());
        IndexRecord record = before != null && fits ? before.asDamaged() : IndexRecord.damaged(sequence, last);
        last = record;
        Map.Entry<Long, Long> range = lost.lastEntry();
        if (range != null && range.getValue() == sequence - 1) {
            lost.put(range.getKey(), sequence);
        } else {
            lost.put(sequence, sequence);
        }
        return record;
    }

    /** Whether an entry was found to be damaged by this deriver. */
    boolean isLost(long sequence) {
        Map.Entry<Long, Long> range = lost.floorEntry(sequence);
        return range != null && range.getValue() >= sequence;
    }

    private IndexRecord.Link link() {
        return last == null ? IndexRecord.Link.NONE : last.link();
    }

    private static EntryKind kindOf(StoredKind kind) {
        return switch (kind) {
            case TEXT_FRAME -> throw new IllegalArgumentException("a text frame must be read");
            case BINARY_FRAME, TOO_LONG_FRAME -> EntryKind.UNREADABLE;
            case CONTROL_NOTE -> EntryKind.CONTROL;
            case CONNECTED -> EntryKind.CONNECTED;
            case DISCONNECTED -> EntryKind.DISCONNECTED;
            case GAP -> EntryKind.GAP;
            case OPENED -> EntryKind.OPENED;
            case CLOSED -> EntryKind.CLOSED;
            case QUARANTINE -> EntryKind.QUARANTINE;
        };
    }
}
