package io.zoomws.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far writing, barrier and index have come. The writer announces what is as durable as was asked for, the indexer indexes
 * what is announced, and what is indexed is visible. So nothing is derived from an entry that may have to be written again.
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
    private long announced;
    private long announcedBytes;
    private long durable;
    private long indexed;
    private boolean ended;

    Progress(Path journal, long epoch, long lastSequence) throws IOException {
        this.file = new RandomAccessFile(Privacy.file(Mark.file(journal)).toFile(), "rw");
        this.epoch = epoch;
        this.mark = new Mark(lastSequence, 0, epoch);
        this.announced = lastSequence;
        this.durable = lastSequence;
        this.indexed = lastSequence;
    }

    /**
     * What the indexer may read.
     *
     * @param segment that is being written
     * @param sequence newest entry of it that is announced
     * @param bytes where that ends in the cycle file
     */
    record Announced(Segment segment, long sequence, long bytes) {}

    /** Entries that are as durable as was asked for: they become visible when they are indexed. */
    void announce(Segment into, long sequence, long bytes) {
        lock.lock();
        try {
            segment = into;
            announced = sequence;
            announcedBytes = bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for entries behind {@code sequence}; null when there will be no more. For the indexer. */
    @Nullable
    Announced awaitAnnounced(long sequence) {
        lock.lock();
        try {
            while (segment == null || announced <= sequence) {
                if (ended) {
                    return null;
                }
                changed.awaitUninterruptibly();
            }
            return new Announced(segment, announced, announcedBytes);
        } finally {
            lock.unlock();
        }
    }

    /** A barrier has brought all up to here to the disk. */
    void durable(long sequence) {
        lock.lock();
        try {
            durable = sequence;
        } finally {
            lock.unlock();
        }
    }

    /** Entries are announced and indexed: readers may have them. If it throws, they may not yet. */
    void indexed(long sequence) throws IOException {
        lock.lock();
        try {
            if (segment != null && sequence > mark.visible()) {
                Mark next = new Mark(sequence, segment.number(), epoch);
                next.write(file);
                mark = next;
            }
            indexed = sequence;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything announced is indexed, or work has ended; true if it is. */
    boolean awaitIndexed() {
        lock.lock();
        try {
            while (indexed < announced && !ended) {
                changed.awaitUninterruptibly();
            }
            return indexed >= announced;
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
