package io.zoomws.server.delivery;

import io.zoomws.spi.JournalException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Saves how far a replay is: its position as any instance does, and what it has done every few seconds and at its end. After a
 * crash the numbers of done entries may so be too small; the position is never too far.
 */
final class ReplayCheckpoint implements Progress {

    private static final long COUNTS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Replays.Hold hold;
    private final ReplayRecord begun;
    private final Counts counts;
    private final Checkpoint position;
    private final LongSupplier nanoTime;
    private final Consumer<JournalException> onFailure;
    private long next;
    private long savedNanos;

    ReplayCheckpoint(
            Replays.Hold hold,
            ReplayRecord begun,
            Counts counts,
            int batchSize,
            long from,
            LongSupplier nanoTime,
            Consumer<JournalException> onFailure) {
        this.hold = hold;
        this.begun = begun;
        this.counts = counts;
        this.next = from;
        this.nanoTime = nanoTime;
        this.onFailure = onFailure;
        this.position = new Checkpoint(hold.cursor(), counts, batchSize, nanoTime, onFailure);
        this.savedNanos = nanoTime.getAsLong();
    }

    /** Sequence of the next entry. */
    long next() {
        return next;
    }

    @Override
    public void passed(long sequence) {
        next = sequence;
        position.passed(sequence);
        if (nanoTime.getAsLong() - savedNanos >= COUNTS_NANOS) {
            saveCounts();
        }
    }

    @Override
    public void idle() {
        position.idle();
    }

    /** Saves what was done. */
    void saveCounts() {
        savedNanos = nanoTime.getAsLong();
        try {
            hold.save(begun.with(begun.done().plus(counts)));
        } catch (JournalException e) {
            onFailure.accept(e);
        }
    }
}
