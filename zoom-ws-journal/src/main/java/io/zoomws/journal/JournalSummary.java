package io.zoomws.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * What there is in a journal, at a glance; see {@link Journals#summary}.
 *
 * @param firstSequence the oldest entry there is, 0 if there is none
 * @param lastSequence the newest entry, 0 if there is none
 * @param firstReceivedAt when the oldest entry was received, empty if there is none
 * @param lastReceivedAt when the newest entry was received, empty if there is none
 * @param skipped how many sequences between these two no entry has, since the journal was restored from a backup
 * @param segments how many there are
 * @param bytes of indexes and of cycle files up to their last entry: the rest of the file that is written now is sparse
 * @param epoch of the newest run: it rises with each opening and each restoring; 0 if there was none
 */
public record JournalSummary(
        long firstSequence,
        long lastSequence,
        Optional<Instant> firstReceivedAt,
        Optional<Instant> lastReceivedAt,
        long skipped,
        int segments,
        long bytes,
        long epoch) {

    /**
     * How many entries there are.
     *
     * @return 0 or more; those that are lost and quarantined count as well
     */
    public long entries() {
        return lastSequence == 0 ? 0 : lastSequence - firstSequence + 1 - skipped;
    }

    static JournalSummary of(FileJournalReader reader) {
        Mark mark = reader.mark();
        long first = reader.earliest(mark);
        boolean empty = first > mark.visible();
        long last = empty ? 0 : reader.held(mark.visible(), mark);
        long bytes = 0;
        int segments = 0;
        for (Segment segment : reader.segments(mark)) {
            segments += segment.isSkipped() ? 0 : 1;
            bytes += segment.usedBytes(reader.endOf(segment, mark) - 1);
        }
        return new JournalSummary(
                empty ? 0 : first,
                last,
                empty ? Optional.empty() : Optional.of(Times.instant(reader.receivedAtNanos(first, mark))),
                empty ? Optional.empty() : Optional.of(Times.instant(reader.receivedAtNanos(last, mark))),
                empty ? 0 : reader.skipped(mark),
                segments,
                bytes,
                mark.epoch());
    }
}
