package io.zoomws.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers the events of a while, bounded by count and by time, and tells which one an event repeats. When full, the
 * oldest is forgotten, and a copy of it that comes so late counts as new. One thread.
 */
final class DuplicateWindow {

    private record First(Hash key, long sequence, long connection, long receivedAtNanos) {}

    private final int capacity;
    private final long ageNanos;
    private final Map<Hash, First> byHash = new HashMap<>();
    private final ArrayDeque<First> byAge = new ArrayDeque<>();

    DuplicateWindow(int capacity, Duration age) {
        this.capacity = capacity;
        this.ageNanos = age.toNanos();
    }

    int capacity() {
        return capacity;
    }

    long ageNanos() {
        return ageNanos;
    }

    /**
     * Which event this one repeats.
     *
     * @param timed an event without a time says the same each time it happens: it repeats another only if that came over
     *     another connection
     * @return the sequence of the first, or 0 if this is the first, which is then remembered
     */
    long firstOf(Hash stable, boolean timed, long sequence, long connection, long receivedAtNanos) {
        forget(receivedAtNanos);
        First first = byHash.get(stable);
        if (first != null && (timed || first.connection != connection)) {
            return first.sequence;
        }
        if (first == null) {
            remember(new First(stable, sequence, connection, receivedAtNanos));
        }
        return 0;
    }

    /** Takes in an event that was judged before, so that the window survives a restart. */
    void reload(IndexRecord event) {
        if (event.duplicateOf() == 0 && !byHash.containsKey(event.stable())) {
            remember(new First(event.stable(), event.sequence(), event.connection(), event.receivedAtNanos()));
        }
    }

    private void remember(First first) {
        byHash.put(first.key, first);
        byAge.add(first);
        if (byAge.size() > capacity) {
            byHash.remove(byAge.remove().key);
        }
    }

    private void forget(long nowNanos) {
        First oldest = byAge.peek();
        while (oldest != null && nowNanos - oldest.receivedAtNanos > ageNanos) {
            byHash.remove(byAge.remove().key);
            oldest = byAge.peek();
        }
    }
}
