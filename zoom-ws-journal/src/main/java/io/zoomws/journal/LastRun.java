package io.zoomws.journal;

import org.jspecify.annotations.Nullable;

/**
 * How the writer before this one ended.
 *
 * @param provenUntilNanos the last instant, in epoch nanoseconds and by the clock as it was then, at which a connection is
 *     proven to have been live; it may lie in the future if the clock was set back since. If
 *     none ever was and the writer was killed, the time of the journal's oldest entry, since a connection may have come and
 *     gone with what was not yet durable
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

    /** Null if nothing can have been missed: the journal is new, or was closed before any connection was ready. */
    static @Nullable LastRun of(@Nullable IndexRecord last, long beganAtNanos) {
        if (last == null) {
            return null;
        }
        boolean endedInOrder = last.kind() == StoredKind.CLOSED;
        long proven = last.link().provenAtNanos();
        if (proven == 0) {
            return endedInOrder ? null : new LastRun(beganAtNanos, false);
        }
        return new LastRun(proven, endedInOrder);
    }
}
