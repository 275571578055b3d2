package io.zoomws.journal;

import org.jspecify.annotations.Nullable;

/**
 * How the writer before this one ended.
 *
 * @param provenUntilNanos the last instant, in epoch nanoseconds and by the clock as it was then, at which a connection is
 *     proven to have been live; it may lie in the future if the clock was set back since. If
 *     none ever was, the time of the journal's oldest entry: from then on somebody wanted to receive
 * @param endedInOrder whether it was closed, rather than killed
 * @param restored whether the journal was restored from a backup since: what came behind the backup is lost
 */
public record LastRun(long provenUntilNanos, boolean endedInOrder, boolean restored) {

    static final String RESTORED = "the journal was restored from a backup";

    /**
     * The cause of the gap that the next connection closes.
     *
     * @return {@code restart}, {@code crash}, or that the journal was restored
     */
    public String cause() {
        return restored ? RESTORED : endedInOrder ? "restart" : "crash";
    }

    /** Null in a new journal. */
    static @Nullable LastRun of(@Nullable IndexRecord last, long beganAtNanos, boolean restored) {
        if (last == null) {
            return null;
        }
        long proven = last.link().provenAtNanos();
        return new LastRun(proven == 0 ? beganAtNanos : proven, last.kind() == StoredKind.CLOSED, restored);
    }
}
