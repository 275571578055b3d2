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

    /** How long one poll may look for what is wanted: a stop, a position to be saved, a progress bar must not wait. */
    private static final int MOST_RECORDS_A_POLL = 1 << 16;

    /** What it costs to learn that a segment may be skipped, in records. */
    private static final int SKIP_RECORDS = 256;

    private final FileJournalReader reader;
    private final Choice choice;
    private final IndexBuffer encoded = new IndexBuffer(RECORDS_AT_ONCE);
    private final IndexRecord[] batch = new IndexRecord[RECORDS_AT_ONCE];
    private int batchSize;
    private int batchNext;
    private long batchEnd;
    private @Nullable SegmentFiles open;

    /** How far the open segment was known to reach when it was looked at last, exclusive. */
    private long end;

    private long next;
    private boolean closed;

    FileTailer(FileJournalReader reader, Choice choice, long sequence) {
        this.reader = reader;
        this.choice = choice;
        this.next = sequence;
    }

    @Override
    public synchronized @Nullable Entry poll() {
        ensureOpen();
        try {
            int left = MOST_RECORDS_A_POLL;
            while (batchNext < batchSize || left > 0) {
                if (batchNext == batchSize) {
                    int looked = load();
                    if (looked == 0) {
                        return null;
                    }
                    left -= looked;
                } else {
                    Entry entry = take();
                    if (entry != null) {
                        return entry;
                    }
                }
            }
            return null;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public @Nullable Entry poll(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + Times.nanos(timeout);
        Entry entry = poll();
        boolean more = true;
        while (entry == null && more) {
            long left = Math.max(0, end - System.nanoTime());
            try {
                more = reader.visibility().await(position(), left) && left > 0;
            } catch (IOException e) {
                throw unreadable(e);
            }
            entry = poll();
        }
        return entry;
    }

    private JournalException unreadable(IOException cause) {
        return new JournalException(
                "Cannot read sequence " + position() + " of '" + reader.subscription() + "': " + Problems.text(cause),
                cause);
    }

    /**
     * Looks at the next visible entries and reads those that may be wanted; if none is, the position is behind them. If it
     * throws, nothing has changed.
     *
     * @return for how many records that counts, 0 if there are none
     */
    private int load() throws IOException {
        Mark mark = reader.mark();
        if (next > mark.visible()) {
            return 0;
        }
        SegmentFiles files = open;
        if (files == null || next >= end) {
            // Asked only here: retention may remove a segment that we have open, and then it is nobody's any more.
            Segment segment = reader.segmentOf(next, mark);
            long segmentEnd = reader.endOf(segment, mark);
            if (segment.isSkipped() || skips(segment, segmentEnd)) {
                next = segmentEnd;
                return SKIP_RECORDS;
            }
            files = open(segment);
            end = segmentEnd;
        }
        int wanted = (int) Math.min(RECORDS_AT_ONCE, end - next);
        SegmentFiles.Loaded loaded = files.load(next, wanted, encoded, choice, batch);
        batchSize = loaded.taken();
        batchNext = 0;
        batchEnd = next + loaded.looked();
        next = batchSize == 0 ? batchEnd : next;
        return loaded.looked();
    }

    /** Whether a segment that is entered holds nothing that is wanted. */
    private boolean skips(Segment segment, long end) {
        SegmentFiles known = open;
        if (choice.isAll() || (known != null && known.segment().equals(segment))) {
            return false;
        }
        SegmentContents contents = SegmentContents.read(segment);
        return contents != null && segment.firstSequence() + contents.entries() >= end && !choice.mayBeIn(contents);
    }

    /** The next entry of those that were read; null if it turns out that it is not wanted. */
    private @Nullable Entry take() {
        IndexRecord record = batch[batchNext];
        // Asked again: what was read since may tell that this type is not wanted.
        Entry entry = choice.mayWant(record) ? read(record) : null;
        boolean wanted = entry != null && choice.wants(entry, record.type());
        batchNext++;
        next = batchNext < batchSize ? record.sequence() + 1 : batchEnd;
        return wanted ? entry : null;
    }

    private SegmentFiles open(Segment segment) throws IOException {
        ensureOpen();
        SegmentFiles known = open;
        if (known != null && known.segment().equals(segment)) {
            return known;
        }
        closeFiles();
        choice.beginSegment();
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
