package io.zoomws.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks along the entries of one segment and verifies each. One thread at a time. */
final class SegmentEntries implements AutoCloseable {

    private static final int RECORDS_AT_ONCE = 256;

    private final SegmentFiles files;
    private final long last;
    private final Choice all = Choice.all();
    private final IndexBuffer encoded = new IndexBuffer(RECORDS_AT_ONCE);
    private final IndexRecord[] batch = new IndexRecord[RECORDS_AT_ONCE];
    private int batchSize;
    private int batchNext;
    private long next;

    SegmentEntries(Segment segment, long last) throws IOException {
        this.files = new SegmentFiles(segment, () -> null);
        this.last = last;
        this.next = segment.firstSequence();
    }

    boolean hasNext() {
        return next <= last;
    }

    /** The payload of the next entry; null if the entry is damaged. */
    byte @Nullable [] next() throws IOException {
        if (batchNext == batchSize) {
            int wanted = (int) Math.min(RECORDS_AT_ONCE, last + 1 - next);
            batchSize = files.load(next, wanted, encoded, all, batch).taken();
            batchNext = 0;
        }
        IndexRecord record = batch[batchNext++];
        next = record.sequence() + 1;
        return record.damaged() ? null : files.payload(record);
    }

    /** The end of the last entry in the cycle file, or -1 if that entry is damaged. */
    long endOfLast() throws IOException {
        IndexRecord record = files.record(last);
        return record.damaged() ? -1 : record.position() + record.totalBytes();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
