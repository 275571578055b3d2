package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a position, if there is a cursor. Each save waits for the disk, so under load one save stands for many entries:
 * after a crash at most {@link #ENTRIES} of them, or those of the last {@link #AGE}, come again. When there is nothing to
 * deliver the position is always saved. Confined to the pump's thread.
 */
final class Checkpoint implements AutoCloseable {

    static final int ENTRIES = 1000;
    static final Duration AGE = Duration.ofMillis(200);

    private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);

    private final @Nullable Cursor cursor;
    private final LongSupplier nanoTime;
    private long saved;
    private long lastTryNanos;
    private boolean failing;

    Checkpoint(@Nullable Cursor cursor, long position, LongSupplier nanoTime) {
        this.cursor = cursor;
        this.nanoTime = nanoTime;
        this.saved = position;
        // The first position is due at once.
        this.lastTryNanos = nanoTime.getAsLong() - AGE.toNanos();
    }

    /** Saves if it is time to. */
    void offer(long position) {
        // While saving fails it is tried by age only, so that a full disk is not hammered.
        boolean many = !failing && position - saved >= ENTRIES;
        if (position != saved && (many || nanoTime.getAsLong() - lastTryNanos >= AGE.toNanos())) {
            save(position);
        }
    }

    /** Saves if the position is not the one saved last. */
    void flush(long position) {
        if (position != saved) {
            save(position);
        }
    }

    private void save(long position) {
        if (cursor == null) {
            return;
        }
        try {
            cursor.save(position);
            saved = position;
            failing = false;
        } catch (RuntimeException e) { // A JournalException, or what a host's own cursors throw.
            // The position saved before remains in force: more is delivered again after a crash, nothing is lost.
            if (!failing) {
                log.error(
                        "Cursor {} cannot be saved at {}; it is tried again, and events since {} will be delivered again if this"
                                + " process ends before: {}",
                        cursor.name(),
                        position,
                        saved,
                        e.getMessage());
            }
            failing = true;
        }
        lastTryNanos = nanoTime.getAsLong();
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
    }
}
