package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one segment holds, as far as retention and backup want to know.
 *
 * @param segment that it is
 * @param last sequence in it; below the first if it is empty
 * @param bytes on disk, about: without what is sparse
 */
record SegmentSpan(Segment segment, long last, long bytes) {

    /** What Chronicle's own words take, in front of the entries and in its table file; the rest of these is sparse. */
    private static final long HEAD_BYTES = 16 << 10;

    /** Looks at a segment whose end is known; what a writer adds behind it does not count. */
    static SegmentSpan of(Segment segment, long last) throws IOException {
        Path data = segment.data().orElse(null);
        long length = data == null ? 0 : Files.size(data);
        long entries = last < segment.firstSequence() ? 0 : entryBytes(segment, last, length);
        long index = Files.exists(segment.index()) ? Files.size(segment.index()) : 0;
        return new SegmentSpan(segment, last, Math.min(entries, length) + index);
    }

    /** What lies before the first entry is nearly all of it sparse, as is what lies behind the last. */
    private static long entryBytes(Segment segment, long last, long length) throws IOException {
        IndexRecord oldest = record(segment, segment.firstSequence());
        IndexRecord newest = record(segment, last);
        return oldest == null || oldest.damaged() || newest == null || newest.damaged()
                ? length
                : newest.position() + newest.totalBytes() - oldest.position() + HEAD_BYTES;
    }

    /**
     * Up to the segment that holds the newest visible entry; a segment that was begun behind it is not among them, nor are
     * skipped sequences.
     */
    static List<SegmentSpan> list(Path journal, Mark mark) throws IOException {
        List<Segment> segments = new ArrayList<>(Segment.list(journal));
        segments.removeIf(segment -> segment.firstSequence() > mark.visible());
        List<SegmentSpan> spans = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            boolean newest = i + 1 == segments.size();
            long last = newest ? mark.visible() : segments.get(i + 1).firstSequence() - 1;
            if (!segments.get(i).isSkipped()) {
                spans.add(of(segments.get(i), last));
            }
        }
        return spans;
    }

    boolean isEmpty() {
        return last < segment.firstSequence();
    }

    /** When its first entry was received; empty if it has none, or its index does not tell. */
    Optional<Instant> firstReceivedAt() throws IOException {
        return receivedAt(segment.firstSequence());
    }

    /** When its last entry was received; empty if it has none, or its index does not tell. */
    Optional<Instant> lastReceivedAt() throws IOException {
        return receivedAt(last);
    }

    private Optional<Instant> receivedAt(long sequence) throws IOException {
        IndexRecord record = isEmpty() ? null : record(segment, sequence);
        return Optional.ofNullable(record)
                .filter(found -> found.receivedAtNanos() != 0)
                .map(found -> Times.instant(found.receivedAtNanos()));
    }

    /** What the index says; nothing is derived, since that would be done again and again here. */
    private static @Nullable IndexRecord record(Segment segment, long sequence) throws IOException {
        if (!Files.exists(segment.index())) {
            return null;
        }
        try (IndexFile index = IndexFile.read(segment)) {
            return index.find(sequence);
        } catch (IOException damagedHead) {
            return null;
        }
    }

    /** When the segment was written to last, by whatever means are left. */
    Instant lastChange() throws IOException {
        Optional<Instant> last = lastReceivedAt();
        if (last.isPresent()) {
            return last.get();
        }
        Path file = segment.data().orElse(segment.directory());
        return Files.getLastModifiedTime(file).toInstant();
    }
}
