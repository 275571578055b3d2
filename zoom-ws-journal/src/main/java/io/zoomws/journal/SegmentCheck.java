package io.zoomws.journal;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads one segment from its first byte to the last entry that belongs to it, and compares it with its index. Changes
 * nothing. One thread.
 */
final class SegmentCheck {

    private static final int RECORDS_AT_ONCE = 512;
    private static final int ENTRIES_BETWEEN_REPORTS = 4096;
    private static final String RESTORE =
            "restore this segment from a backup; until then readers get a quarantine entry in its place";
    private static final String DERIVE = "stop the server, delete this file and start again: it is derived anew";
    private static final JsonPointer FROM = JsonPointer.compile("/fromSequence");
    private static final JsonPointer TO = JsonPointer.compile("/toSequence");

    private final Segment segment;
    private final Extent extent;
    private final Order order;
    private final Findings findings;
    private final IndexBuffer buffer = new IndexBuffer(RECORDS_AT_ONCE);
    private long bufferFirst = Long.MIN_VALUE;
    private int bufferCount;
    private @Nullable IndexFile index;
    private long next;
    private long entries;
    private long bytes;

    SegmentCheck(Segment segment, Extent extent, Order order, Findings findings) {
        this.segment = segment;
        this.extent = extent;
        this.order = order;
        this.findings = findings;
        this.next = segment.firstSequence();
    }

    /**
     * How far a segment goes.
     *
     * @param end the first sequence that is not of it; {@link #OPEN} if the journal's mark cannot be read, so that what is
     *     there counts
     * @param nextNumber the number of the segment that follows, as far as it is known that there is one
     */
    record Extent(long end, long nextNumber) {
        static final long OPEN = Long.MAX_VALUE;
    }

    /** What never goes backwards, from segment to segment. One thread. */
    static final class Order {
        private long epoch;
        private long receivedAtNanos = Long.MIN_VALUE;
    }

    /** Told how far the work is. */
    interface Progress {
        /**
         * Some more entries are done.
         *
         * @param entries of this segment
         * @return false to stop
         */
        boolean passed(long entries);
    }

    long entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    /** Returns false if it was stopped. */
    boolean run(Progress progress) {
        if (segment.firstSequence() >= extent.end()) {
            return true; // its writer died before its first entry was announced
        }
        if (segment.isSkipped()) {
            behindSkipped();
            return progress.passed(next - segment.firstSequence());
        }
        Path data = segment.data().orElse(null);
        if (data == null) {
            lost(
                    JournalProblem.Kind.DATA_MISSING,
                    segment.directory(),
                    lastKnown(),
                    "the cycle file is missing",
                    RESTORE);
            return true;
        }
        openIndex();
        try (IndexFile closed = index;
                EntryScanner scanner = new EntryScanner(data, 0)) {
            scanner.limit(scanner.fileBytes());
            boolean whole = read(data, scanner, progress);
            bytes += Math.min(scanner.position(), scanner.fileBytes());
            return whole;
        } catch (IOException e) {
            findings.add(
                    segment,
                    new JournalProblem(
                            JournalProblem.Kind.UNREADABLE,
                            data,
                            next,
                            lastKnown(),
                            "cannot be read: " + Problems.text(e),
                            "see what the operating system says about this file and its disk"));
            return true;
        }
    }

    /** What follows what is skipped has a segment of its own. */
    private void behindSkipped() {
        next = segment.lastSkipped() + 1;
        if (extent.end() != Extent.OPEN && next < extent.end()) {
            lost(
                    JournalProblem.Kind.SEGMENT_MISSING,
                    segment.directory().resolveSibling(missingName()),
                    extent.end() - 1,
                    "the segment is missing",
                    RESTORE);
        }
    }

    private long lastKnown() {
        return extent.end() == Extent.OPEN ? next : extent.end() - 1;
    }

    private void openIndex() {
        String what;
        String remedy = DERIVE;
        try {
            index = IndexFile.read(segment);
            return;
        } catch (FileNotFoundException e) {
            boolean there = Files.exists(segment.index());
            what = there ? "cannot be opened: " + Problems.text(e) : "is missing";
            remedy = there ? "make this file readable" : "start the server: it is derived anew";
        } catch (IOException e) {
            what = "its head is damaged or not of this segment";
        }
        findings.add(segment, new JournalProblem(JournalProblem.Kind.INDEX, segment.index(), 0, 0, what, remedy));
    }

    private boolean read(Path data, EntryScanner scanner, Progress progress) throws IOException {
        while (next < extent.end()) {
            Envelope envelope = nextEntry(scanner);
            if (envelope == null || envelope.sequence() >= extent.end()) {
                break;
            }
            lostUntil(data, envelope.sequence());
            check(data, scanner, envelope);
            next++;
            entries++;
            if (entries % ENTRIES_BETWEEN_REPORTS == 0 && !progress.passed(next - segment.firstSequence())) {
                return false;
            }
        }
        if (extent.end() != Extent.OPEN) {
            lostUntil(data, extent.end());
        }
        return progress.passed(next - segment.firstSequence());
    }

    /** A writer that ends, or begins the next segment, cuts off the unused rest of the file meanwhile. */
    private @Nullable Envelope nextEntry(EntryScanner scanner) throws IOException {
        while (true) {
            try {
                return scanner.next(next);
            } catch (EOFException shorter) {
                scanner.limit(scanner.fileBytes());
            }
        }
    }

    private void check(Path data, EntryScanner scanner, Envelope envelope) throws IOException {
        if (envelope.epoch() < order.epoch) {
            order(
                    data,
                    "belongs to an earlier run than the entry before: epoch " + envelope.epoch() + " behind "
                            + order.epoch);
        }
        if (envelope.receivedAtNanos() < order.receivedAtNanos) {
            order(data, "was received before the entry before");
        }
        order.epoch = Math.max(order.epoch, envelope.epoch());
        order.receivedAtNanos = Math.max(order.receivedAtNanos, envelope.receivedAtNanos());
        if (envelope.kind() == StoredKind.QUARANTINE) {
            noteQuarantine(data, new String(scanner.payload(envelope), StandardCharsets.UTF_8));
        }
        if (index != null) {
            checkIndex(scanner.foundAt(), envelope);
        }
    }

    private void order(Path data, String what) {
        findings.add(
                segment,
                new JournalProblem(
                        JournalProblem.Kind.ORDER,
                        data,
                        next,
                        next,
                        what,
                        "see whether this segment was put here from another journal or backup"));
    }

    private void noteQuarantine(Path data, String json) {
        try {
            long from = Long.parseLong(String.valueOf(Json.find(json, FROM)));
            long to = Long.parseLong(String.valueOf(Json.find(json, TO)));
            if (from > 0 && from <= to) {
                findings.quarantined(from, to);
                return;
            }
        } catch (IOException | NumberFormatException notOurs) {
            // told below
        }
        findings.add(
                segment,
                new JournalProblem(
                        JournalProblem.Kind.DATA,
                        data,
                        next,
                        next,
                        "the quarantine entry does not say what it is about",
                        "look at it with zoom-ws journal cat --from " + next + " --to " + (next + 1)));
    }

    private void checkIndex(long position, Envelope envelope) throws IOException {
        IndexRecord record = record(envelope.sequence());
        if (record == null && extent.end() == Extent.OPEN) {
            return; // perhaps it was never announced, and so never indexed
        }
        if (record == null) {
            index("the record is missing or does not match its checksum");
        } else if (record.damaged()) {
            index("the record says that the entry is damaged, and it is not");
        } else if (!record.describes(envelope)
                || record.position() != position
                || record.connection() != envelope.connection()
                || record.epoch() != envelope.epoch()
                || record.duplicateOf() >= envelope.sequence()) {
            index("the record does not agree with the cycle file");
        }
    }

    private void index(String what) {
        findings.add(segment, new JournalProblem(JournalProblem.Kind.INDEX, segment.index(), next, next, what, DERIVE));
    }

    private @Nullable IndexRecord record(long sequence) throws IOException {
        IndexFile open = index;
        if (open == null) {
            return null;
        }
        if (sequence < bufferFirst || sequence >= bufferFirst + RECORDS_AT_ONCE) {
            bufferFirst = sequence;
            bufferCount = open.get(sequence, RECORDS_AT_ONCE, buffer);
            bytes += (long) bufferCount * IndexRecord.BYTES;
        }
        int place = (int) (sequence - bufferFirst);
        return place < bufferCount ? buffer.get(place, sequence) : null;
    }

    /** All from the next sequence on are lost; says of each why, as far as that can be told. */
    private void lostUntil(Path data, long end) throws IOException {
        IndexFile open = index;
        long indexed = open == null ? next : Math.min(end, segment.firstSequence() + open.count());
        while (next < indexed) {
            IndexRecord record = record(next);
            lost(JournalProblem.Kind.DATA, data, next, why(record, Files.size(data)), RESTORE);
        }
        if (next < end) {
            boolean segmentMissing = end == extent.end() && extent.nextNumber() > segment.number() + 1;
            lost(
                    segmentMissing ? JournalProblem.Kind.SEGMENT_MISSING : JournalProblem.Kind.DATA,
                    segmentMissing ? segment.directory().resolveSibling(missingName()) : data,
                    end - 1,
                    segmentMissing ? "the segment is missing" : "the entry is not in the cycle file",
                    RESTORE);
        }
    }

    private String missingName() {
        return Segment.of(segment.directory(), segment.number() + 1, next)
                .directory()
                .getFileName()
                .toString();
    }

    private static String why(@Nullable IndexRecord record, long fileBytes) {
        if (record == null) {
            return "the entry is not in the cycle file";
        }
        if (record.damaged()) {
            return "the entry was found damaged before, and no quarantine entry says so";
        }
        return record.position() + record.totalBytes() > fileBytes
                ? "the cycle file ends before the entry does"
                : "the entry does not match its checksum";
    }

    private void lost(JournalProblem.Kind kind, Path file, long last, String what, String remedy) {
        findings.lost(segment, new JournalProblem(kind, file, next, last, what, remedy));
        next = last + 1;
    }
}
