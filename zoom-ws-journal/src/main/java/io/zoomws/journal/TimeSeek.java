package io.zoomws.journal;

import java.io.IOException;
import java.util.List;

/**
 * Finds the first entry that was received at or after a time: by halving, first over the first entries of the segments, then
 * within the one that remains, whose files are opened once. That works because times never go backwards from entry to entry,
 * whatever the clock did.
 */
final class TimeSeek {

    private final FileJournalReader reader;
    private final List<Segment> segments;
    private final Mark mark;

    TimeSeek(FileJournalReader reader, List<Segment> segments, Mark mark) {
        this.reader = reader;
        this.segments =
                segments.stream().filter(segment -> !segment.isSkipped()).toList();
        this.mark = mark;
    }

    /** Its sequence; the one to come if there is none. */
    long firstAtOrAfter(long nanos) throws IOException {
        int low = 0;
        int high = segments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (beginsBefore(segments.get(middle).firstSequence(), nanos)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? reader.earliest(mark) : within(segments.get(low - 1).firstSequence(), nanos);
    }

    private boolean beginsBefore(long firstSequence, long nanos) {
        return firstSequence <= mark.visible() && reader.receivedAtNanos(firstSequence, mark) < nanos;
    }

    /** In the segment that begins with an entry that is too early; the next one begins with an entry that is not. */
    private long within(long firstSequence, long nanos) throws IOException {
        Segment segment = reader.segmentOf(firstSequence, mark);
        long low = firstSequence + 1;
        long high = reader.endOf(segment, mark);
        try (SegmentFiles files = reader.openFiles(segment)) {
            while (low < high) {
                long middle = low + (high - low) / 2;
                if (files.record(middle).receivedAtNanos() < nanos) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
        }
        return low;
    }
}
