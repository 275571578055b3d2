package io.zoomws.server.delivery;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Saves a position now and then: each save is a write that waits for the disk, so under load one save stands for many
 * entries. After a crash the entries since the last save are delivered again: at most {@link #ENTRIES} of them, or what came
 * within {@link #AGE}. When there is nothing to deliver, the position is always saved.
 */
final class Checkpoint implements Progress {

    static final int ENTRIES = 1000;
    static final Duration AGE = Duration.ofMillis(200);

    private final Cursor cursor;
    private final LongSupplier nanoTime;
    private final Consumer<JournalException> onFailure;
    private long position;
    private int unsaved;
    private long lastTryNanos;
    private boolean failing;

    Checkpoint(Cursor cursor, LongSupplier nanoTime, Consumer<JournalException> onFailure) {
        this.cursor = cursor;
        this.nanoTime = nanoTime;
        this.onFailure = onFailure;
        this.lastTryNanos = nanoTime.getAsLong();
    }

    @Override
    public void passed(long next) {
        position = next;
        unsaved++;
        long age = nanoTime.getAsLong() - lastTryNanos;
        // While saving fails, it is tried by age only, so that a full disk is not hammered.
        if ((unsaved >= ENTRIES && !failing) || age >= AGE.toNanos()) {
            save();
        }
    }

    @Override
    public void idle() {
        if (unsaved > 0) {
            save();
        }
    }

    private void save() {
        lastTryNanos = nanoTime.getAsLong();
        try {
            cursor.save(position);
            unsaved = 0;
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
