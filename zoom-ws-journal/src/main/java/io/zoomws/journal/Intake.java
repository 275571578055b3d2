package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where frames wait for the writer thread: one batch fills while the other is written, so that a barrier is shared by all
 * that came during the one before. Bounded by bytes: over the high-water mark callers are told to stop, and far beyond it
 * they are refused.
 */
final class Intake {

    /** What may still come after a caller was told to stop: a few frames of the greatest size, of a few connections. */
    private static final int GRACE_BYTES = 128 << 20;

    /** What the writer can put into a cycle file at once, see {@link SegmentWriter}; more would be its end. */
    static final int MOST_PAYLOAD_BYTES = SegmentWriter.MOST_ENTRY_BYTES - Envelope.HEADER_BYTES;

    private final int highWaterBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<Runnable> drained = new CopyOnWriteArrayList<>();
    private final Batch[] batches;

    // All below is guarded by the lock.
    private int filling;
    private int writingBytes;
    private boolean paused;
    private long pausedAtNanos;
    private long pauses;
    private Duration pausedTime = Duration.ZERO;
    private boolean closed;
    private @Nullable String refusal;
    private long epoch;
    private long lastSequence;
    private long lastReceivedAtNanos;

    Intake(int highWaterBytes, long epoch, long lastSequence, long lastReceivedAtNanos) {
        this(highWaterBytes, epoch, lastSequence, lastReceivedAtNanos, byte[]::new);
    }

    /** {@code memory} makes the buffers; replaced in tests by one that has none left. */
    Intake(int highWaterBytes, long epoch, long lastSequence, long lastReceivedAtNanos, IntFunction<byte[]> memory) {
        this.highWaterBytes = highWaterBytes;
        // Buffers double when they grow, so what a busy journal fills up to the mark may be twice as large.
        int keptBytes = (int) Math.min(2L * highWaterBytes, Integer.MAX_VALUE);
        this.batches = new Batch[] {new Batch(keptBytes, memory), new Batch(keptBytes, memory)};
        this.epoch = epoch;
        this.lastSequence = lastSequence;
        this.lastReceivedAtNanos = lastReceivedAtNanos;
    }

    void onDrained(Runnable action) {
        drained.add(action);
    }

    /** Takes in one entry, always or with an exception; false: no more, please. */
    boolean append(StoredKind kind, long connection, long receivedAtNanos, long provenAtNanos, ByteBuffer payload) {
        lock.lock();
        try {
            if (refusal != null) {
                throw new JournalException(refusal);
            }
            Batch batch = batches[filling];
            long waiting = (long) batch.end() + writingBytes + payload.remaining();
            // The journal's own last word is always taken: without it an orderly end would look like a crash.
            if (waiting > (long) highWaterBytes + GRACE_BYTES && kind != StoredKind.CLOSED) {
                throw new JournalException("The journal has " + waiting
                        + " bytes waiting for the disk and takes no more; callers must stop when append answers false");
            }
            // Before anything changes: a sequence that was counted and never came would be a hole.
            reserve(batch, payload.remaining());
            boolean wake = batch.isEmpty();
            lastReceivedAtNanos = Math.max(lastReceivedAtNanos, receivedAtNanos);
            lastSequence++;
            batch.add(
                    new Envelope(
                            kind,
                            lastSequence,
                            epoch,
                            lastReceivedAtNanos,
                            connection,
                            provenAtNanos,
                            payload.remaining()),
                    payload);
            if (wake) {
                arrived.signal();
            }
            if (waiting > highWaterBytes && !paused) {
                paused = true;
                pauses++;
                pausedAtNanos = System.nanoTime();
            }
            return !paused;
        } finally {
            lock.unlock();
        }
    }

    private static void reserve(Batch batch, int payloadBytes) {
        if (payloadBytes > MOST_PAYLOAD_BYTES) {
            throw new JournalException("An entry of " + payloadBytes + " bytes is over the journal's limit of "
                    + MOST_PAYLOAD_BYTES + ": it was not taken");
        }
        try {
            batch.reserve(Envelope.HEADER_BYTES + payloadBytes);
        } catch (OutOfMemoryError e) {
            throw new JournalException(
                    "There is no memory for an entry of " + payloadBytes
                            + " bytes: it was not taken. Give the JVM more heap (-Xmx), or lower the limit for frames.",
                    e);
        }
    }

    /** Waits for entries, so long at most; null if none came, or none will. For the writer thread only. */
    @Nullable
    Batch take(long nanos) {
        lock.lock();
        try {
            await(() -> closed || !batches[filling].isEmpty(), nanos);
            if (batches[filling].isEmpty()) {
                return null;
            }
            Batch taken = batches[filling];
            writingBytes = taken.end();
            filling = 1 - filling;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is closed and everything was taken. */
    boolean isDone() {
        lock.lock();
        try {
            return closed && batches[filling].isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, or until it is closed; true if it is. */
    boolean awaitClosed(long nanos) {
        lock.lock();
        try {
            await(() -> closed, nanos);
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier condition, long nanos) {
        long left = nanos;
        try {
            while (!condition.getAsBoolean() && left > 0) {
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the writer thread: it would harm Chronicle", e);
        }
    }

    /** Gives back a batch that is stored; returns how long callers were told to stop, if now they may go on. */
    Duration release(Batch batch) {
        Duration ended;
        lock.lock();
        try {
            batch.clear();
            writingBytes = 0;
            if (!paused || batches[filling].end() > highWaterBytes / 2) {
                return Duration.ZERO;
            }
            paused = false;
            ended = Duration.ofNanos(System.nanoTime() - pausedAtNanos);
            pausedTime = pausedTime.plus(ended);
        } finally {
            lock.unlock();
        }
        drained.forEach(Runnable::run);
        return ended;
    }

    /** How often callers were told to stop. */
    long pauses() {
        lock.lock();
        try {
            return pauses;
        } finally {
            lock.unlock();
        }
    }

    /** For how long they were, the time that goes on included. */
    Duration pausedTime() {
        lock.lock();
        try {
            return paused ? pausedTime.plusNanos(System.nanoTime() - pausedAtNanos) : pausedTime;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is taken in; what waits is still written. */
    void close(String why) {
        refuse(why);
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** From now on append throws this; the first reason stays. */
    void refuse(String why) {
        lock.lock();
        try {
            if (refusal == null) {
                refusal = why;
            }
        } finally {
            lock.unlock();
        }
    }

    long lastSequence() {
        lock.lock();
        try {
            return lastSequence;
        } finally {
            lock.unlock();
        }
    }

    long pendingBytes() {
        lock.lock();
        try {
            return (long) batches[filling].end() + writingBytes;
        } finally {
            lock.unlock();
        }
    }
}
