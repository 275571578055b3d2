package io.zoomws.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What retention removed from a journal, or would.
 *
 * @param subscription whose journal it is
 * @param segments that go, oldest first; empty if nothing does
 * @param losses what consumers lose by it
 * @param heldBack what keeps it from removing more; empty if nothing does
 */
public record RetentionReport(
        String subscription, List<RemovedSegment> segments, List<Loss> losses, Optional<HeldBack> heldBack) {

    /** Takes copies of the lists. */
    public RetentionReport {
        segments = List.copyOf(segments);
        losses = List.copyOf(losses);
    }

    /**
     * One segment.
     *
     * @param number of the segment
     * @param first sequence in it
     * @param last sequence in it; below the first if it is empty
     * @param firstReceivedAt when the first was received; empty if that is not known
     * @param lastReceivedAt when the last was received; empty if that is not known
     * @param bytes on disk, about
     */
    public record RemovedSegment(
            long number,
            long first,
            long last,
            Optional<Instant> firstReceivedAt,
            Optional<Instant> lastReceivedAt,
            long bytes) {}

    /**
     * Entries that a consumer has not handled and that go.
     *
     * @param cursor of the consumer
     * @param first sequence lost
     * @param last sequence lost
     */
    public record Loss(String cursor, long first, long last) {}

    /**
     * A required cursor that retention waits for.
     *
     * @param cursor of the consumer
     * @param position where it stands; empty if that is damaged or lost, and then everything is kept
     */
    public record HeldBack(String cursor, OptionalLong position) {}

    /**
     * How much goes.
     *
     * @return bytes, about
     */
    public long bytes() {
        return segments.stream().mapToLong(RemovedSegment::bytes).sum();
    }

    /**
     * The oldest sequence that is left by it.
     *
     * @return empty if nothing goes
     */
    public OptionalLong oldestLeft() {
        return segments.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(segments.get(segments.size() - 1).last() + 1);
    }
}
