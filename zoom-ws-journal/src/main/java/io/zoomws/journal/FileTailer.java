package io.zoomws.journal;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks along a journal. Reads only what is visible, many entries at once, and checks each one's checksum and sequence.
 *
 * <p>Uses the files themselves rather than a Chronicle tailer: the index knows where each entry lies, so that one flipped
 * bit neither hides nor crashes anything; an interrupted thread harms no mapping; a reader needs no JVM flags; and an open
 * file stays readable when retention removes it.
 */
final class FileTailer implements Tailer {

    private static final int RECORDS_AT_ONCE = 256;
    private static final int BYTES_AT_ONCE = 1 << 20;

    private final FileJournalReader reader;
    private final CRC32C crc = new CRC32C();
    private final IndexBuffer encoded = new IndexBuffer(RECORDS_AT_ONCE);
    private final IndexRecord[] batch = new IndexRecord[RECORDS_AT_ONCE];
    private int batchSize;
    private int batchNext;
    private byte[] dataBytes = {};
    private ByteBuffer data = ByteBuffer.wrap(dataBytes);
    private long dataStart;
    private @Nullable OpenSegment open;
    private long next;
    private volatile boolean closed;

    private record OpenSegment(Segment segment, IndexFile index, RandomAccessFile data) {
        void close() throws IOException {
            try (index) {
                data.close();
            }
        }
    }

    FileTailer(FileJournalReader reader, long sequence) {
        this.reader = reader;
        this.next = sequence;
    }

    @Override
    public @Nullable Entry poll() {
        ensureOpen();
        try {
            if (batchNext == batchSize && !load()) {
                return null;
            }
            Entry entry = read(batch[batchNext]);
            batchNext++;
            next = entry.sequence() + 1;
            return entry;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public @Nullable Entry poll(Duration timeout) throws InterruptedException {
        Entry entry = poll();
        if (entry != null) {
            return entry;
        }
        try {
            reader.visibility().await(next, Times.nanos(timeout));
        } catch (IOException e) {
            throw unreadable(e);
        }
        return poll();
    }

    private JournalException unreadable(IOException cause) {
        return new JournalException(
                "Cannot read sequence " + next + " of '" + reader.subscription() + "': " + Problems.text(cause), cause);
    }

    /** Reads the next visible index records and the stretch of the cycle file that they name; false if there are none. */
    private boolean load() throws IOException {
        Mark mark = reader.mark();
        if (next > mark.visible()) {
            return false;
        }
        Segment segment = reader.segmentOf(next, mark);
        OpenSegment files = open(segment);
        int wanted = (int) Math.min(RECORDS_AT_ONCE, reader.endOf(segment, mark) - next);
        int count = files.index.get(next, wanted, encoded);
        batchSize = 0;
        batchNext = 0;
        long start = -1;
        long end = -1;
        for (int i = 0; i < count; i++) {
            IndexRecord record = encoded.get(i, next + i);
            if (record == null) {
                break;
            }
            if (!record.damaged()) {
                start = start < 0 ? record.position() : start;
                long recordEnd = record.position() + record.totalBytes();
                if (recordEnd - start > BYTES_AT_ONCE && batchSize > 0) {
                    break;
                }
                end = recordEnd;
            }
            batch[batchSize++] = record;
        }
        if (batchSize == 0) {
            throw IndexFile.damaged(segment, next);
        }
        if (start >= 0) {
            read(files.data, start, (int) (end - start));
        }
        return true;
    }

    private void read(RandomAccessFile file, long start, int bytes) throws IOException {
        if (data.capacity() < bytes || data.capacity() > Math.max(bytes, BYTES_AT_ONCE)) {
            dataBytes = new byte[bytes];
            data = ByteBuffer.wrap(dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        file.seek(start);
        file.readFully(dataBytes, 0, bytes);
        dataStart = start;
    }

    private OpenSegment open(Segment segment) throws IOException {
        OpenSegment known = open;
        if (known != null && known.segment.equals(segment)) {
            return known;
        }
        closeFiles();
        IndexFile index = IndexFile.read(segment);
        RandomAccessFile file;
        try {
            file = new RandomAccessFile(segment.requireData().toFile(), "r");
        } catch (IOException e) {
            index.close();
            throw e;
        }
        OpenSegment opened = new OpenSegment(segment, index, file);
        open = opened;
        return opened;
    }

    private Entry read(IndexRecord record) {
        if (record.damaged()) {
            String json = "{\"fromSequence\":" + record.sequence() + ",\"toSequence\":" + record.sequence()
                    + ",\"cause\":\"damaged on disk\"}";
            return StoredEntry.of(reader.subscription(), record, json.getBytes(StandardCharsets.UTF_8));
        }
        int at = (int) (record.position() - dataStart);
        Envelope envelope = Envelope.decode(data, at, record.totalBytes(), crc);
        if (envelope == null || !record.describes(envelope)) {
            OpenSegment files = open;
            throw new JournalException("Sequence " + record.sequence() + " in "
                    + (files == null ? "a closed segment" : files.segment.directory())
                    + " does not match its checksum: the file is damaged. Restore the segment from a backup,"
                    + " or continue behind that sequence.");
        }
        byte[] payload = new byte[envelope.payloadBytes()];
        data.get(at + Envelope.HEADER_BYTES, payload);
        return StoredEntry.of(reader.subscription(), record, payload);
    }

    @Override
    public long position() {
        return next;
    }

    private void ensureOpen() {
        if (closed) {
            throw new JournalException("This tailer of '" + reader.subscription() + "' is closed");
        }
    }

    private void closeFiles() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.forget(this);
            try {
                closeFiles();
            } catch (IOException e) {
                throw new JournalException("Cannot close the journal of '" + reader.subscription() + "'", e);
            }
        }
    }
}
