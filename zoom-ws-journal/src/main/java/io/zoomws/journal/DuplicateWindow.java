package io.zoomws.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers the events of a while, bounded by count and by time, and tells which one an event repeats. When full, the
 * oldest is forgotten, and a copy of it that comes so late counts as new. One thread.
 *
 * <p>An event without a time says the same each time it happens, so that equal text alone proves nothing. Two copies of it
 * are told from two events by how they came: the n-th on one connection is the n-th on the other, while the two overlap.
 */
final class DuplicateWindow {

    /**
     * So far apart two copies of an event without a time may be received. Two connections overlap only while one takes over
     * from the other, which is a matter of seconds: the old one is read for 5 s at most after the new one is ready, and a
     * handshake may take 15 s. A minute leaves room for a stalled process. Longer would take real events for copies.
     */
    static final long OVERLAP_NANOS = Duration.ofSeconds(60).toNanos();

    /** Beyond so many connections with one event, those that are out of date are forgotten. */
    private static final int FEW = 16;

    private record First(Hash key, boolean timed, long sequence, long connection, long receivedAtNanos) {}

    /** The occurrences of one event without a time that are no copies. */
    private static final class Occurrences {

        /** Sequence and connection, oldest first. */
        private final TreeMap<Long, Long> firsts = new TreeMap<>();

        /** By connection, the newest occurrence that it has repeated, or that was its own. */
        private final Map<Long, Long> done = new HashMap<>();

        /** The oldest one that came over another connection and that this one has not repeated yet; 0 if there is none. */
        long next(long connection) {
            Map.Entry<Long, Long> candidate = firsts.higherEntry(done.getOrDefault(connection, 0L));
            while (candidate != null && candidate.getValue() == connection) {
                done.put(connection, candidate.getKey());
                candidate = firsts.higherEntry(candidate.getKey());
            }
            return candidate == null ? 0 : candidate.getKey();
        }

        void repeated(long sequence, long connection) {
            done.merge(connection, sequence, Math::max);
        }

        /** Forgets the oldest; true if none is left. */
        boolean forget(long sequence) {
            firsts.remove(sequence);
            if (done.size() > FEW && !firsts.isEmpty()) {
                done.values().removeIf(repeated -> repeated < firsts.firstKey());
            }
            return firsts.isEmpty();
        }
    }

    private final int capacity;
    private final long ageNanos;
    private final Map<Hash, First> timed = new HashMap<>();
    private final ArrayDeque<First> timedByAge = new ArrayDeque<>();
    private final Map<Hash, Occurrences> timeless = new HashMap<>();
    private final ArrayDeque<First> timelessByAge = new ArrayDeque<>();

    DuplicateWindow(int capacity, Duration age) {
        this.capacity = capacity;
        this.ageNanos = age.toNanos();
    }

    int capacity() {
        return capacity;
    }

    /** An empty one with the same bounds. */
    DuplicateWindow fresh() {
        return new DuplicateWindow(capacity, Duration.ofNanos(ageNanos));
    }

    /**
     * Which event this one repeats.
     *
     * @param isTimed whether it has a time; see above
     * @return the sequence of the first, or 0 if this is the first, which is then remembered
     */
    long firstOf(Hash stable, boolean isTimed, long sequence, long connection, long receivedAtNanos) {
        forget(receivedAtNanos);
        long first = isTimed ? firstTimed(stable) : firstTimeless(stable, connection);
        if (first == 0) {
            remember(new First(stable, isTimed, sequence, connection, receivedAtNanos));
        }
        return first;
    }

    private long firstTimed(Hash stable) {
        First first = timed.get(stable);
        return first == null ? 0 : first.sequence;
    }

    private long firstTimeless(Hash stable, long connection) {
        Occurrences known = timeless.get(stable);
        long first = known == null ? 0 : known.next(connection);
        if (known != null && first != 0) {
            known.repeated(first, connection);
        }
        return first;
    }

    /** Takes in an event that was judged before, in their order, so that the window survives a restart. */
    void reload(IndexRecord event) {
        forget(event.receivedAtNanos());
        if (event.duplicateOf() == 0) {
            remember(new First(
                    event.stable(), event.timed(), event.sequence(), event.connection(), event.receivedAtNanos()));
        } else if (!event.timed()) {
            Occurrences known = timeless.get(event.stable());
            if (known != null) {
                known.repeated(event.duplicateOf(), event.connection());
            }
        }
    }

    private void remember(First first) {
        if (first.timed) {
            timed.put(first.key, first);
        } else {
            timeless.computeIfAbsent(first.key, key -> new Occurrences()).firsts.put(first.sequence, first.connection);
        }
        ArrayDeque<First> byAge = first.timed ? timedByAge : timelessByAge;
        byAge.add(first);
        if (byAge.size() > capacity) {
            drop(byAge.remove());
        }
    }

    private void forget(long nowNanos) {
        forget(timedByAge, nowNanos, ageNanos);
        forget(timelessByAge, nowNanos, Math.min(ageNanos, OVERLAP_NANOS));
    }

    private void forget(ArrayDeque<First> byAge, long nowNanos, long oldestNanos) {
        First oldest = byAge.peek();
        while (oldest != null && nowNanos - oldest.receivedAtNanos > oldestNanos) {
            drop(byAge.remove());
            oldest = byAge.peek();
        }
    }

    private void drop(First first) {
        if (first.timed) {
            // Only if no later one has taken its place.
            timed.remove(first.key, first);
        } else {
            Occurrences known = timeless.get(first.key);
            if (known != null && known.forget(first.sequence)) {
                timeless.remove(first.key);
            }
        }
    }
}
