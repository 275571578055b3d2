package io.zoomws.journal;

import java.time.Duration;
import java.util.Optional;

/**
 * How a journal's writer is, at one moment.
 *
 * @param subscription whose journal it is
 * @param state what it does
 * @param failure why it stores nothing: one line for the user; present exactly if the state is STALLED or FAILED
 * @param durability the mode: {@code strict}, {@code interval:…} or {@code os}
 * @param epoch of this run, from 1
 * @param appendedSequence newest entry taken in; it may be lost in a crash
 * @param durableSequence newest entry that a barrier has brought to the disk, so that it survives a power cut
 * @param visibleSequence newest entry that readers see
 * @param pendingBytes waiting for the disk
 * @param pauses how often append asked to stop, since memory was filling up
 * @param pausedTime for how long, all in all
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
        long pendingBytes,
        long pauses,
        Duration pausedTime) {

    /** What a writer does. */
    public enum State {
        /** Takes entries. */
        RUNNING,
        /** Stores nothing for now, or soon, and goes on by itself: nothing should be received meanwhile. */
        STALLED,
        /** Takes no more and acknowledges no more; a new writer must be opened. */
        FAILED,
        /** Was closed in order. */
        CLOSED
    }
}
