package io.zoomws.journal;

import org.jspecify.annotations.Nullable;

/**
 * How the writer before this one ended.
 *
 * @param provenUntilNanos the last instant, in epoch nanoseconds and by the clock as it was then, at which a connection is
 *     proven to have been live; it may lie in the future if the clock was set back since. If
 *     none ever was, the time of the journal's oldest entry: from then on somebody wanted to receive
 * @param endedInOrder whether it was closed, rather than killed
 */
public record LastRun(long provenUntilNanos, boolean endedInOrder) {

    /**
     * The cause of the gap that the next connection closes.
     *
     * @return {@code restart} or {@code crash}
     */
    public String cause() {
        return endedInOrder ? "restart" : "crash";
    }

    /** Null in a new journal. */
    static @Nullable LastRun of(@Nullable IndexRecord last, long beganAtNanos) {
        if (last == null) {
            return null;
        }
        long proven = last.link().provenAtNanos();
        return new LastRun(proven == 0 ? beganAtNanos : proven, last.kind() == StoredKind.CLOSED);
    }
}
