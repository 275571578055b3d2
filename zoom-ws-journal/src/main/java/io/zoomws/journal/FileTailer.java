package io.zoomws.journal;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Walks along a journal. Reads only what is visible, many entries at once, and checks each one's checksum and sequence. An
 * entry that is damaged is given as a quarantine entry, so that one flipped bit holds up nobody.
 *
 * <p>Uses the files themselves rather than a Chronicle tailer: the index knows where each entry lies, so that one flipped
 * bit neither hides nor crashes anything; an interrupted thread harms no mapping; a reader needs no JVM flags; and an open
 * file stays readable when retention removes it.
 *
 * <p>Belongs to one thread; only {@link #close()} may come from another, when the reader is closed, and waits for the read
 * that goes on. Fields are guarded by this.
 */
final class FileTailer implements Tailer {

    private static final int RECORDS_AT_ONCE = 256;

    private final FileJournalReader reader;
    private final IndexBuffer encoded = new IndexBuffer(RECORDS_AT_ONCE);
    private final IndexRecord[] batch = new IndexRecord[RECORDS_AT_ONCE];
    private int batchSize;
    private int batchNext;
    private @Nullable SegmentFiles open;

    /** How far the open segment was known to reach when it was looked at last, exclusive. */
    private long end;

    private long next;
    private boolean closed;

    FileTailer(FileJournalReader reader, long sequence) {
        this.reader = reader;
        this.next = sequence;
    }

    @Override
    public synchronized @Nullable Entry poll() {
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
            reader.visibility().await(position(), Times.nanos(timeout));
        } catch (IOException e) {
            throw unreadable(e);
        }
        return poll();
    }

    private JournalException unreadable(IOException cause) {
        return new JournalException(
                "Cannot read sequence " + position() + " of '" + reader.subscription() + "': " + Problems.text(cause),
                cause);
    }

    /** Reads the next visible entries; false if there are none. If it throws, nothing has changed. */
    private boolean load() throws IOException {
        Mark mark = reader.mark();
        if (next > mark.visible()) {
            return false;
        }
        SegmentFiles files = open;
        if (files == null || next >= end) {
            // Asked only here: retention may remove a segment that we have open, and then it is nobody's any more.
            Segment segment = reader.segmentOf(next, mark);
            files = open(segment);
            end = reader.endOf(segment, mark);
        }
        int wanted = (int) Math.min(RECORDS_AT_ONCE, end - next);
        batchSize = files.load(next, wanted, encoded, batch);
        batchNext = 0;
        return true;
    }

    private SegmentFiles open(Segment segment) throws IOException {
        ensureOpen();
        SegmentFiles known = open;
        if (known != null && known.segment().equals(segment)) {
            return known;
        }
        closeFiles();
        SegmentFiles opened = reader.openFiles(segment);
        open = opened;
        return opened;
    }

    private Entry read(IndexRecord record) {
        SegmentFiles files = open;
        byte[] payload = record.damaged() || files == null ? null : files.payload(record);
        if (payload != null) {
            return StoredEntry.of(reader.subscription(), record, payload);
        }
        if (!record.damaged() && files != null) {
            reader.tellDamage(files.segment(), record.sequence());
        }
        return StoredEntry.of(reader.subscription(), record.asDamaged(), Rewrite.damaged(record.sequence()));
    }

    @Override
    public synchronized long position() {
        return next;
    }

    private void ensureOpen() {
        if (closed) {
            throw new JournalException("This tailer of '" + reader.subscription() + "' is closed");
        }
    }

    private void closeFiles() throws IOException {
        SegmentFiles files = open;
        open = null;
        if (files != null) {
            files.close();
        }
    }

    @Override
    public synchronized void close() {
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
