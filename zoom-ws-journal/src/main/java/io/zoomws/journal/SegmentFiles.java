package io.zoomws.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one segment as a reader has them open. What is damaged or missing costs the entries that it holds and never
 * those behind: a record that the index lacks is derived from the cycle file, and an entry that is not there is lost. One
 * thread at a time.
 */
final class SegmentFiles implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SegmentFiles.class);
    private static final int BYTES_AT_ONCE = 1 << 20;

    /** What lies between two entries that are wanted is read with them up to this size: one read is cheaper than two. */
    private static final int MOST_BYTES_BETWEEN = 64 << 10;

    private final Segment segment;
    private final Supplier<@Nullable IndexRecord> before;

    /** Null if it is missing, or its head is damaged. */
    private final @Nullable IndexFile index;

    private final @Nullable Path path;

    /** Null if it is missing. */
    private final @Nullable RandomAccessFile data;

    private final CRC32C crc = new CRC32C();
    private byte[] dataBytes = {};
    private ByteBuffer window = ByteBuffer.wrap(dataBytes);
    private long windowStart;

    // Where the index does not help:
    private @Nullable EntryScanner scanner;
    private @Nullable Envelope found;
    private long scannedTo;
    private long resumeAt;
    private boolean told;

    /**
     * Opens what there is.
     *
     * @param segment whose files they are
     * @param before looks up the last record of the segment before, if it is known
     */
    SegmentFiles(Segment segment, Supplier<@Nullable IndexRecord> before) throws IOException {
        this.segment = segment;
        this.before = before;
        this.told = segment.isLost();
        this.path = segment.data().orElse(null);
        this.index = openIndex(segment);
        boolean opened = false;
        try {
            this.data = path == null ? null : new RandomAccessFile(path.toFile(), "r");
            opened = true;
        } finally {
            if (!opened && index != null) {
                index.close();
            }
        }
    }

    private static @Nullable IndexFile openIndex(Segment segment) {
        try {
            return IndexFile.read(segment);
        } catch (IOException missingOrDamaged) {
            return null;
        }
    }

    Segment segment() {
        return segment;
    }

    /**
     * Reads the records of the next sequences, and the stretch of the cycle file that they name.
     *
     * @param wanted so many at most, one or more, all of them visible
     * @param buffer for the records as they lie in the index
     * @param choice which of them to take
     * @param target for the records that are taken
     * @return how many were looked at, one or more, and how many of them taken
     */
    Loaded load(long next, int wanted, IndexBuffer buffer, Choice choice, IndexRecord[] target) throws IOException {
        endScan();
        int indexed = index == null ? 0 : index.get(next, wanted, buffer);
        IndexRecord previous = null;
        int looked = 0;
        int taken = 0;
        long start = -1;
        long end = -1;
        for (; looked < wanted; looked++) {
            IndexRecord record = looked < indexed ? buffer.get(looked, next + looked) : null;
            record = record == null ? derive(next + looked, previous) : record;
            previous = record;
            if (!choice.mayWant(record)) {
                continue;
            }
            if (!record.damaged()) {
                long recordEnd = record.position() + record.totalBytes();
                if (start >= 0
                        && (record.position() < end
                                || record.position() - end > MOST_BYTES_BETWEEN
                                || recordEnd - start > BYTES_AT_ONCE)) {
                    break;
                }
                start = start < 0 ? record.position() : start;
                end = recordEnd;
            }
            target[taken++] = record;
        }
        if (start >= 0) {
            read(start, (int) (end - start));
        }
        return new Loaded(looked, taken);
    }

    /**
     * What was loaded.
     *
     * @param looked at so many records
     * @param taken so many of them
     */
    record Loaded(int looked, int taken) {}

    /** What lies behind the end of the file is zero, and so no entry. */
    private void read(long start, int bytes) throws IOException {
        if (window.capacity() < bytes || window.capacity() > Math.max(bytes, BYTES_AT_ONCE)) {
            dataBytes = new byte[bytes];
            window = ByteBuffer.wrap(dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        int done = 0;
        if (data != null) {
            data.seek(start);
            int n = data.read(dataBytes, 0, bytes);
            while (n > 0) {
                done += n;
                n = done < bytes ? data.read(dataBytes, done, bytes - done) : 0;
            }
        }
        Arrays.fill(dataBytes, done, bytes, (byte) 0);
        windowStart = start;
    }

    /** The payload of a record that was loaded last; null if the entry does not match its checksum or its record. */
    byte @Nullable [] payload(IndexRecord record) {
        int at = (int) (record.position() - windowStart);
        Envelope envelope = Envelope.decode(window, at, record.totalBytes(), crc);
        if (envelope == null || !record.describes(envelope)) {
            return null;
        }
        byte[] payload = new byte[envelope.payloadBytes()];
        window.get(at + Envelope.HEADER_BYTES, payload);
        return payload;
    }

    /** The record of one sequence, derived if the index lacks it; its link then means nothing. */
    IndexRecord record(long sequence) throws IOException {
        IndexRecord known = index == null ? null : index.find(sequence);
        return known == null ? derive(sequence, null) : known;
    }

    /** Without a mark that it repeats another event: only the whole journal tells that. */
    private IndexRecord derive(long sequence, @Nullable IndexRecord previous) throws IOException {
        if (!told) {
            told = true;
            log.error(
                    "The index {} is damaged at sequence {}: what it lacks is read from the cycle file."
                            + " The next start of the server derives it anew.",
                    segment.index(),
                    sequence);
        }
        IndexRecord last = previous == null ? recordBefore(sequence) : previous;
        EntryScanner entries = scan(sequence, last);
        Envelope envelope = found;
        if (entries == null || envelope == null || envelope.sequence() != sequence) {
            return IndexRecord.damaged(sequence, last);
        }
        return new Deriver(new DuplicateWindow(1, Duration.ZERO))
                .derive(envelope, entries.payload(envelope), entries.foundAt(), new EventTypes())
                .withoutType();
    }

    private @Nullable IndexRecord recordBefore(long sequence) throws IOException {
        for (long earlier = sequence - 1; index != null && earlier >= segment.firstSequence(); earlier--) {
            IndexRecord record = index.find(earlier);
            if (record != null) {
                return record;
            }
        }
        return before.get();
    }

    /** Finds the entry of a sequence, or if that is lost, the one behind it. Goes on where the last search ended. */
    private @Nullable EntryScanner scan(long sequence, @Nullable IndexRecord last) throws IOException {
        if (sequence < scannedTo) {
            endScan();
            resumeAt = 0;
        }
        EntryScanner entries = scanner;
        if (path != null && entries == null) {
            boolean here = last != null && !last.damaged() && last.sequence() >= segment.firstSequence();
            long hint = last != null && here ? last.position() + last.totalBytes() & ~3L : 0;
            entries = new EntryScanner(path, Math.max(hint, resumeAt));
            entries.limit(entries.fileBytes());
            scanner = entries;
            found = entries.next(sequence);
        } else if (entries != null && found != null && found.sequence() < sequence) {
            found = entries.next(sequence);
        }
        scannedTo = sequence;
        if (entries != null && found != null) {
            resumeAt = entries.foundAt();
        }
        return entries;
    }

    /** What a writer adds meanwhile is seen by a new scan only. */
    private void endScan() throws IOException {
        EntryScanner entries = scanner;
        scanner = null;
        found = null;
        if (entries != null) {
            entries.close();
        }
    }

    @Override
    public void close() throws IOException {
        try (index;
                data) {
            endScan();
        }
    }
}
