package io.zoomws.server.gaps;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The union of intervals, kept while they are added in any order, so that time that several of them cover counts once. One
 * thread at a time.
 *
 * <p>Memory is bounded: when there are too many separate intervals, the older half is kept as a sum only, and whatever an
 * interval added later covers of that old time does not count again.
 */
public final class TimeUnion {

    private static final int MOST_INTERVALS = 100_000;

    private final int most;
    private final NavigableMap<Instant, Instant> separate = new TreeMap<>();
    private Duration length = Duration.ZERO;
    private Instant settledUntil = Instant.MIN;

    /** The union of nothing. */
    public TimeUnion() {
        this(MOST_INTERVALS);
    }

    TimeUnion(int most) {
        this.most = most;
    }

    /**
     * Adds an interval.
     *
     * @param from its beginning, included
     * @param to its end, excluded; one that is not after the beginning, as a clock that was set back can leave it, adds nothing
     */
    public void add(Instant from, Instant to) {
        Instant begin = from.isBefore(settledUntil) ? settledUntil : from;
        Instant end = to;
        if (!begin.isBefore(end)) {
            return;
        }
        Map.Entry<Instant, Instant> before = separate.floorEntry(begin);
        if (before != null && !before.getValue().isBefore(begin)) {
            begin = before.getKey();
        }
        for (var next = separate.ceilingEntry(begin); touches(next, end); next = separate.ceilingEntry(begin)) {
            end = next.getValue().isAfter(end) ? next.getValue() : end;
            length = length.minus(Duration.between(next.getKey(), next.getValue()));
            separate.remove(next.getKey());
        }
        separate.put(begin, end);
        length = length.plus(Duration.between(begin, end));
        if (separate.size() > most) {
            settleOlderHalf();
        }
    }

    /**
     * How long the union is.
     *
     * @return the sum of its separate parts
     */
    public Duration length() {
        return length;
    }

    private static boolean touches(Map.@Nullable Entry<Instant, Instant> next, Instant end) {
        return next != null && !next.getKey().isAfter(end);
    }

    private void settleOlderHalf() {
        for (int i = most / 2; i >= 0; i--) {
            settledUntil = separate.pollFirstEntry().getValue();
        }
    }
}
