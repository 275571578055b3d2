package io.zoomws.camel;

/**
 * Tells which entries may have been handed over before, by a process that ended without a word. Its cursor says from where,
 * and {@link Checkpoint} sees to it that no more than {@link Checkpoint#ENTRIES} entries from there on were handed over.
 * Confined to the pump's thread.
 */
final class Repeats {

    private final long before;
    private int left;

    private Repeats(int left, long before) {
        this.left = left;
        this.before = before;
    }

    /** Whoever was here before let go in order, or nobody was. */
    static Repeats none() {
        return new Repeats(0, 0);
    }

    /** The position is one that was saved, and what was handed over from it on is not known. */
    static Repeats fromPosition() {
        return new Repeats(Checkpoint.ENTRIES, 0);
    }

    /** The position was not saved: all entries before a sequence may have been handed over. */
    static Repeats before(long sequence) {
        return new Repeats(0, sequence);
    }

    /** Whether an entry that is handed over now, as the next in order, may have been before. */
    boolean mayRepeat(long sequence) {
        boolean counted = left > 0;
        left -= counted ? 1 : 0;
        return counted || sequence < before;
    }

    /** Whether nothing from a position on can have been handed over before. */
    boolean isOver(long position) {
        return left == 0 && position >= before;
    }
}
