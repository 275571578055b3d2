package io.zoomws.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far writing, barrier and index have come; the newest entry that is both durable and indexed is visible. The index
 * is made while the barrier runs, so whichever ends last publishes.
 */
final class Progress implements AutoCloseable {

    private final RandomAccessFile file;
    private final long epoch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Written under the lock. */
    private volatile Mark mark;

    // All below is guarded by the lock.
    private @Nullable Segment segment;
    private long written;
    private long writtenBytes;
    private long durable;
    private long indexed;
    private boolean ended;

    Progress(Path journal, long epoch, long lastSequence) throws IOException {
        this.file = new RandomAccessFile(Mark.file(journal).toFile(), "rw");
        this.epoch = epoch;
        this.mark = new Mark(lastSequence, 0, epoch);
        this.written = lastSequence;
        this.durable = lastSequence;
        this.indexed = lastSequence;
    }

    /**
     * What the indexer may read.
     *
     * @param segment that is being written
     * @param sequence newest entry in it
     * @param bytes where that ends in the cycle file
     */
    record Written(Segment segment, long sequence, long bytes) {}

    /** The writer has put entries into a segment; they may not be durable yet. */
    void written(Segment into, long sequence, long bytes) {
        lock.lock();
        try {
            segment = into;
            written = sequence;
            writtenBytes = bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for entries behind {@code sequence}; null when there will be no more. For the indexer. */
    @Nullable
    Written awaitWritten(long sequence) {
        lock.lock();
        try {
            while (segment == null || written <= sequence) {
                if (ended) {
                    return null;
                }
                changed.awaitUninterruptibly();
            }
            return new Written(segment, written, writtenBytes);
        } finally {
            lock.unlock();
        }
    }

    void durable(long sequence) throws IOException {
        lock.lock();
        try {
            durable = sequence;
            publish();
        } finally {
            lock.unlock();
        }
    }

    void indexed(long sequence) throws IOException {
        lock.lock();
        try {
            indexed = sequence;
            publish();
        } finally {
            lock.unlock();
        }
    }

    private void publish() throws IOException {
        long visible = Math.min(durable, indexed);
        if (segment != null && visible > mark.visible()) {
            Mark next = new Mark(visible, segment.number(), epoch);
            next.write(file);
            mark = next;
            changed.signalAll();
        }
    }

    /** Waits until everything written is indexed, or work has ended; true if it is. */
    boolean awaitIndexed() {
        lock.lock();
        try {
            while (indexed < written && !ended) {
                changed.awaitUninterruptibly();
            }
            return indexed >= written;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come: wakes whoever waits within the writer. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Mark mark() {
        return mark;
    }

    long durableSequence() {
        lock.lock();
        try {
            return durable;
        } finally {
            lock.unlock();
        }
    }

    /** For readers in this process. */
    Visibility visibility() {
        return new Visibility() {
            @Override
            public Mark current() {
                return mark;
            }

            @Override
            public boolean await(long sequence, long nanos) throws InterruptedException {
                return awaitVisible(sequence, nanos);
            }

            @Override
            public void close() {
                // It belongs to the writer.
            }
        };
    }

    private boolean awaitVisible(long sequence, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (mark.visible() < sequence && left > 0) {
                left = changed.awaitNanos(left);
            }
            return mark.visible() >= sequence;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            file.close();
        } finally {
            lock.unlock();
        }
    }
}
