package io.zoomws.server.http;

import java.util.function.LongUnaryOperator;

/**
 * Walks backwards through a journal, which can be read forwards only, in stretches that are read forwards. They grow, so that what
 * is rare is found as well; and they jump over the billion numbers that a restored journal leaves out.
 */
final class BackwardWindow {

    /** A longer one would be more than one poll of a tailer looks at. */
    private static final long LONGEST = 1 << 16;

    private static final long SHORTEST = 256;
    private static final long GROWTH = 4;
    private static final long GROWTH_IN_A_HOLE = 64;

    private final long earliest;
    private long to;
    private long size;

    /**
     * Begins at an end.
     *
     * @param earliest sequence of the first entry of the journal
     * @param to sequence behind the first stretch
     * @param wanted how many entries there shall be at best
     */
    BackwardWindow(long earliest, long to, int wanted) {
        this.earliest = earliest;
        this.to = to;
        this.size = Math.max(SHORTEST, wanted);
    }

    boolean isAtBeginning() {
        return to <= earliest;
    }

    long from() {
        return Math.max(earliest, to - size);
    }

    long to() {
        return to;
    }

    /**
     * Makes sure that the stretch is one to be read.
     *
     * @param first tells the sequence of the first entry at or after one
     * @return false if it was not: then there is another one now, or the beginning
     */
    boolean settle(LongUnaryOperator first) {
        long there = first.applyAsLong(from());
        if (there >= to) {
            to = from();
            size *= GROWTH_IN_A_HOLE;
            return false;
        }
        if (size > LONGEST) {
            size = Math.max(LONGEST, size / GROWTH);
            return false;
        }
        return true;
    }

    /** Goes on to the stretch before this one. */
    void next() {
        to = from();
        size = Math.min(LONGEST, size * GROWTH);
    }
}
