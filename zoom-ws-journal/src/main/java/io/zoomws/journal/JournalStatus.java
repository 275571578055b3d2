package io.zoomws.journal;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param barriers how long they took
 * @param events what was indexed since the writer began
 * @param reserveBytes free space that is never used; 0 if there is no reserve
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
        Duration pausedTime,
        Barriers barriers,
        Events events,
        long reserveBytes) {

    /**
     * Barriers that brought entries to the disk, since the writer began.
     *
     * @param count how many
     * @param total how long they took, added up
     * @param atMost how many of them took at most so long, for rising bounds; an unmodifiable list
     */
    public record Barriers(long count, Duration total, List<AtMost> atMost) {

        /** Takes a copy of the list. */
        public Barriers {
            atMost = List.copyOf(atMost);
        }

        /**
         * A part of them.
         *
         * @param bound the longest time that is in it
         * @param count how many did not take longer
         */
        public record AtMost(Duration bound, long count) {}
    }

    /**
     * Events that were indexed since the writer began, those that repeat another one included.
     *
     * @param byFamily how many, by the first word of their type; {@code other} takes those of no known family. Every family is
     *     there, in order; unmodifiable
     * @param duplicates how many of them repeat an earlier one
     */
    public record Events(Map<String, Long> byFamily, long duplicates) {

        /** Takes a copy of the map. */
        public Events {
            byFamily = Collections.unmodifiableMap(new LinkedHashMap<>(byFamily));
        }
    }

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
