package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a position, if there is a cursor. Each save waits for the disk, so under load one save stands for many entries:
 * after a crash at most {@link #ENTRIES} of them come again, as a rule those of the last {@link #AGE}. When there is nothing
 * to deliver the position is always saved. Confined to the pump's thread.
 *
 * <p>That many entries are handed over from the saved position on and no more, also while a slow one holds the position up:
 * {@link Repeats} relies on it. Only where saving fails does delivery go on beyond, which is logged.
 */
final class Checkpoint implements AutoCloseable {

    static final int ENTRIES = 1000;
    static final Duration AGE = Duration.ofMillis(200);

    private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);

    private final String logName;
    private final @Nullable Cursor cursor;
    private final LongSupplier nanoTime;
    private long saved;

    /** How many entries below the saved position were handed over. */
    private long settled;

    private boolean atRest;
    private long lastTryNanos;
    private boolean failing;

    Checkpoint(String logName, @Nullable Cursor cursor, long position, LongSupplier nanoTime) {
        this.logName = logName;
        this.cursor = cursor;
        this.nanoTime = nanoTime;
        this.saved = position;
        this.atRest = cursor != null && cursor.isAtRest();
        // The first position is due at once.
        this.lastTryNanos = nanoTime.getAsLong() - AGE.toNanos();
    }

    /** Whether one more entry may be handed over before the position is saved again. */
    boolean admits(InFlight inFlight) {
        long handedOver = cursor == null || failing ? inFlight.span() : exposed(inFlight);
        return handedOver < ENTRIES;
    }

    /** An entry is about to be handed over: from now on a crash may repeat something. */
    void depart(InFlight inFlight) {
        if (atRest && (!failing || isDue())) {
            save(inFlight, false);
        }
    }

    /** Saves if it is time to. */
    void offer(InFlight inFlight) {
        if (inFlight.position() != saved) {
            // While saving fails it is tried by age only, so that a full disk is not hammered.
            boolean many = !failing && exposed(inFlight) >= ENTRIES;
            if (many || isDue()) {
                save(inFlight, false);
            }
        }
    }

    /** Saves if the position is not the one saved last. */
    void flush(InFlight inFlight) {
        if (inFlight.position() != saved) {
            save(inFlight, false);
        }
    }

    /**
     * Saves for the last time. If all that was handed over is done, nothing will be a repeat; unless an earlier run had come
     * further than this one, and then crashed.
     */
    void rest(InFlight inFlight, Repeats repeats) {
        if (inFlight.span() > 0 || !repeats.isOver(inFlight.position())) {
            flush(inFlight);
        } else if (!atRest || inFlight.position() != saved) {
            save(inFlight, true);
        }
    }

    private long exposed(InFlight inFlight) {
        return inFlight.settled() + inFlight.span() - settled;
    }

    private boolean isDue() {
        return nanoTime.getAsLong() - lastTryNanos >= AGE.toNanos();
    }

    private void save(InFlight inFlight, boolean last) {
        if (cursor == null) {
            return;
        }
        long position = inFlight.position();
        try {
            if (last) {
                cursor.saveAtRest(position);
            } else {
                cursor.save(position);
            }
            saved = position;
            settled = inFlight.settled();
            atRest = last;
            failing = false;
        } catch (RuntimeException e) { // A JournalException, or what a host's own cursors throw.
            // The position saved before remains in force: more is delivered again after a crash, nothing is lost.
            if (!failing) {
                log.error(
                        "{}: cursor={} cannot be saved at {}; it is tried again, and events since {} will be delivered again if this"
                                + " process ends before: {}",
                        logName,
                        cursor.name(),
                        position,
                        saved,
                        Causes.line(e));
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
