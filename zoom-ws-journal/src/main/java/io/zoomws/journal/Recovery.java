package io.zoomws.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal to its end before a writer goes on, however the last one ended. It never changes a cycle file: it
 * completes what is derived, forces what a killed process left in the page cache, and says what is lost.
 *
 * <p>Only the last segment that holds entries is read whole; those before were forced, with their indexes, when they were
 * left.
 */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int RECORDS_AT_ONCE = 512;

    /** Control frames lie between events; beyond this factor an event is only forgotten earlier. */
    private static final int RECORDS_PER_EVENT = 2;

    private final Path journal;
    private final List<Segment> segments;
    private final Deriver deriver;
    private final List<Indexer.Damage> damages = new ArrayList<>();

    Recovery(Path journal, Deriver deriver) {
        this.journal = journal;
        this.segments = Segment.list(journal);
        this.deriver = deriver;
    }

    /**
     * What there is.
     *
     * @param lastSequence newest entry, lost ones included; 0 in a new journal
     * @param last record of the newest entry, or null in a new journal
     * @param epoch of the newest entry or mark
     * @param nextSegment number for the segment to come
     * @param beganAtNanos time of the oldest entry, 0 in a new journal
     * @param damages found now
     */
    record Result(
            long lastSequence,
            @Nullable IndexRecord last,
            long epoch,
            long nextSegment,
            long beganAtNanos,
            List<Indexer.Damage> damages) {}

    Result run() throws IOException {
        Mark mark = mark();
        int from = firstToRead();
        loadWindow(from);
        long lastSequence = 0;
        for (int i = from; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean newest = i == segments.size() - 1;
            long end = newest ? Long.MAX_VALUE : segments.get(i + 1).firstSequence() - 1;
            long announced = newest ? mark.visible() : end;
            lastSequence = read(segment, end, announced);
        }
        IndexRecord last = deriver.last();
        long epoch = Math.max(mark.epoch(), last == null ? 0 : last.epoch());
        long number = segments.isEmpty() ? 1 : segments.get(segments.size() - 1).number() + 1;
        return new Result(lastSequence, last, epoch, number, beganAtNanos(), List.copyOf(damages));
    }

    /** Every index is complete by now, but a segment whose writer died before its first entry has none. */
    private long beganAtNanos() throws IOException {
        for (Segment segment : segments) {
            if (indexed(segment) > 0) {
                try (IndexFile index = IndexFile.read(segment)) {
                    return index.require(segment.firstSequence()).receivedAtNanos();
                }
            }
        }
        return 0;
    }

    /** The first segment that must be read: the last one with entries, or an earlier one whose index is missing. */
    private int firstToRead() throws IOException {
        int first = segments.size() - 1;
        while (first > 0 && !hasEntries(segments.get(first))) {
            first--;
        }
        for (int i = 0; i < first; i++) {
            long expected =
                    segments.get(i + 1).firstSequence() - segments.get(i).firstSequence();
            if (expected > 0 && indexed(segments.get(i)) < expected) {
                log.warn(
                        "The index of {} is missing or short: deriving it anew",
                        segments.get(i).directory());
                return i;
            }
        }
        return Math.max(first, 0);
    }

    private static boolean hasEntries(Segment segment) throws IOException {
        Path data = segment.data().orElse(null);
        if (data == null) {
            return false;
        }
        try (EntryScanner scanner = new EntryScanner(data, 0)) {
            scanner.limit(scanner.fileBytes());
            return scanner.next(segment.firstSequence()) != null;
        }
    }

    private static long indexed(Segment segment) throws IOException {
        if (!Files.exists(segment.index())) {
            return 0;
        }
        try (IndexFile index = IndexFile.read(segment)) {
            return index.count();
        } catch (IOException damagedHead) {
            return 0;
        }
    }

    /** Reads one segment and returns its last sequence. */
    private long read(Segment segment, long end, long announced) throws IOException {
        long before = segment.firstSequence() - 1;
        Path data = segment.data().orElse(null);
        if (data == null) {
            return announced > before && end != Long.MAX_VALUE ? lose(segment, before, announced) : before;
        }
        Directories.force(data);
        try (Indexer indexer = new Indexer(segment, deriver)) {
            damages.addAll(indexer.recover(end));
            long found = indexer.next() - 1;
            if (announced > found && announced <= end) {
                damages.add(new Indexer.Damage(segment, found + 1, announced));
                indexer.damagedUntil(announced + 1);
            }
            indexer.seal();
            return indexer.next() - 1;
        }
    }

    private long lose(Segment segment, long before, long announced) {
        damages.add(new Indexer.Damage(segment, before + 1, announced));
        return announced;
    }

    private Mark mark() throws IOException {
        if (!Files.exists(Mark.file(journal))) {
            return Mark.NONE;
        }
        try (RandomAccessFile file = new RandomAccessFile(Mark.file(journal).toFile(), "r")) {
            return Mark.read(file);
        } catch (IOException e) {
            log.warn(
                    "{} cannot be read ({}): the end of the journal is found from its entries",
                    Mark.file(journal),
                    Problems.text(e));
            return Mark.NONE;
        }
    }

    /** Fills the window from the indexes before the first segment that is read. */
    private void loadWindow(int before) throws IOException {
        int from = before;
        long records = 0;
        long wanted = (long) deriver.window().capacity() * RECORDS_PER_EVENT;
        while (from > 0 && records < wanted) {
            from--;
            records +=
                    segments.get(from + 1).firstSequence() - segments.get(from).firstSequence();
        }
        for (int i = from; i < before; i++) {
            Segment segment = segments.get(i);
            long end = segments.get(i + 1).firstSequence();
            long start = Math.max(segment.firstSequence(), segments.get(before).firstSequence() - wanted);
            if (start < end) {
                load(segment, start, end);
            }
        }
    }

    private void load(Segment segment, long start, long end) throws IOException {
        IndexBuffer buffer = new IndexBuffer(RECORDS_AT_ONCE);
        try (IndexFile index = IndexFile.read(segment)) {
            for (long sequence = start; sequence < end; sequence += RECORDS_AT_ONCE) {
                int count = index.get(sequence, (int) Math.min(RECORDS_AT_ONCE, end - sequence), buffer);
                for (int i = 0; i < count; i++) {
                    IndexRecord record = buffer.get(i, sequence + i);
                    if (record != null) {
                        deriver.keep(record);
                    }
                }
            }
        }
    }
}
