package io.zoomws.journal;

import java.util.Optional;

/**
 * How a journal's writer is, at one moment.
 *
 * @param subscription whose journal it is
 * @param state what it does
 * @param failure why it failed: one line for the user; present exactly if the state is FAILED
 * @param durability the mode, {@code strict}
 * @param epoch of this run, from 1
 * @param appendedSequence newest entry taken in; it may be lost in a crash
 * @param durableSequence newest entry that survives one
 * @param visibleSequence newest entry that readers see
 * @param pendingBytes waiting for the disk
 */
public record JournalStatus(
        String subscription,
        State state,
        Optional<String> failure,
        String durability,
        long epoch,
        long appendedSequence,
        long durableSequence,
        long visibleSequence,
        long pendingBytes) {

    /** What a writer does. */
    public enum State {
        /** Takes entries. */
        RUNNING,
        /** Takes no more and acknowledges no more; a new writer must be opened. */
        FAILED,
        /** Was closed in order. */
        CLOSED
    }
}
