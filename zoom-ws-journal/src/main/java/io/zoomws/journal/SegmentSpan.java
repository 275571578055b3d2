package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
 * @param bytes on disk, without the unused, sparse rest that a crash leaves
 */
record SegmentSpan(Segment segment, long last, long bytes) {

    /** Looks at a segment whose end is known; what a writer adds behind it does not count. */
    static SegmentSpan of(Segment segment, long last) throws IOException {
        Path data = segment.data().orElse(null);
        long length = data == null ? 0 : Files.size(data);
        IndexRecord newest = last < segment.firstSequence() ? null : record(segment, last);
        long end = last < segment.firstSequence()
                ? 0
                : newest == null || newest.damaged() ? length : newest.position() + newest.totalBytes();
        return new SegmentSpan(segment, last, Math.min(end, length) + others(segment));
    }

    /** Up to the segment that holds the newest visible entry; a segment that was begun behind it is not among them. */
    static List<SegmentSpan> list(Path journal, Mark mark) throws IOException {
        List<Segment> segments = new ArrayList<>(Segment.list(journal));
        segments.removeIf(segment -> segment.firstSequence() > mark.visible());
        List<SegmentSpan> spans = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            boolean newest = i + 1 == segments.size();
            long last = newest ? mark.visible() : segments.get(i + 1).firstSequence() - 1;
            spans.add(of(segments.get(i), last));
        }
        return spans;
    }

    private static long others(Segment segment) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(segment.directory(), "{index,*.cq4t}")) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        } catch (NoSuchFileException removedMeanwhile) {
            return bytes;
        }
        return bytes;
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
