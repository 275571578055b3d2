package io.zoomws.server.delivery;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Saves a position now and then: each save is a write that waits for the disk, so under load one save stands for many
 * entries. After a crash the entries since the last save are delivered again: at most {@link #ENTRIES} of them, or one batch if
 * that is larger, and as a rule no more than came within {@link #AGE}. When there is nothing to deliver, the position is always
 * saved.
 */
final class Checkpoint implements Progress {

    static final int ENTRIES = 1000;
    static final Duration AGE = Duration.ofMillis(200);

    private final Cursor cursor;
    private final LongSupplier nanoTime;
    private final Consumer<JournalException> onFailure;
    private final Counts counts;
    private final int batchSize;
    private long position;
    private boolean unsaved;
    private long settledBefore;
    private long lastTryNanos;
    private boolean failing;

    /**
     * Saves nothing yet.
     *
     * @param counts of what is delivered; the delivery counts before it tells here
     * @param batchSize how many entries may be delivered before it is told here
     */
    Checkpoint(
            Cursor cursor, Counts counts, int batchSize, LongSupplier nanoTime, Consumer<JournalException> onFailure) {
        this.cursor = cursor;
        this.counts = counts;
        this.batchSize = batchSize;
        this.settledBefore = counts.settled();
        this.nanoTime = nanoTime;
        this.onFailure = onFailure;
        this.lastTryNanos = nanoTime.getAsLong();
    }

    @Override
    public void passed(long next) {
        position = next;
        unsaved = true;
        long age = nanoTime.getAsLong() - lastTryNanos;
        // With the batch to come it would be more than promised.
        boolean enough = counts.settled() - settledBefore + batchSize > ENTRIES;
        // While saving fails, it is tried by age only, so that a full disk is not hammered.
        if ((enough && !failing) || age >= AGE.toNanos()) {
            save();
        }
    }

    @Override
    public void idle() {
        if (unsaved) {
            save();
        }
    }

    private void save() {
        lastTryNanos = nanoTime.getAsLong();
        try {
            cursor.save(position);
            unsaved = false;
            settledBefore = counts.settled();
            failing = false;
        } catch (JournalException e) {
            // The position saved before remains in force: more is delivered again after a crash, nothing is lost.
            if (!failing) {
                onFailure.accept(e);
            }
            failing = true;
        }
    }
}
