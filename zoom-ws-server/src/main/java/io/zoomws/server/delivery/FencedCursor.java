package io.zoomws.server.delivery;

import io.zoomws.spi.Cursor;
import java.util.OptionalLong;

/**
 * A cursor that can be taken from the thread that saves it. A thread that is abandoned may come back from the plugin's code at
 * any time, years later or in the middle of its successor's work: from the fence on, nothing it saves counts, and the cursor
 * is free for the next holder.
 */
final class FencedCursor implements Cursor {

    private final Cursor cursor; // guarded by this, as it serves one thread at a time
    private boolean fenced; // guarded by this

    FencedCursor(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Takes it away and lets go of it. Waits for a save that is under way. */
    synchronized void fence() {
        fenced = true;
        cursor.close();
    }

    synchronized boolean isFenced() {
        return fenced;
    }

    /**
     * Does what its holder alone may do, unless it was taken away. Taking it away waits until that is done.
     *
     * @param change what to do; not for long
     * @return whether it was done
     */
    synchronized boolean whileHeld(Runnable change) {
        if (!fenced) {
            change.run();
        }
        return !fenced;
    }

    @Override
    public String name() {
        return cursor.name();
    }

    @Override
    public synchronized OptionalLong position() {
        return cursor.position();
    }

    /** Does nothing once it was taken away: its thread was told to end, and what it did is done again by its successor. */
    @Override
    public synchronized void save(long sequence) {
        whileHeld(() -> cursor.save(sequence));
    }

    @Override
    public synchronized boolean isAtRest() {
        return cursor.isAtRest();
    }

    /** Does nothing once it was taken away, as {@link #save}. */
    @Override
    public synchronized void saveAtRest(long sequence) {
        whileHeld(() -> cursor.saveAtRest(sequence));
    }

    @Override
    public synchronized void close() {
        if (!fenced) {
            fence();
        }
    }
}
