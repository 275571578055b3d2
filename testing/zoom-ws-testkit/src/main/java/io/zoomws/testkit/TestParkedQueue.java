package io.zoomws.testkit;

import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.ParkedQueue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a handler failed on in a test, in memory. To be given to the handler, if it asks for one, and to {@link
 * HandlerTester#parkingIn}, which fills it and follows it.
 */
public final class TestParkedQueue implements ParkedQueue {

    private final SortedMap<Long, ParkedEntry> parked = new TreeMap<>();
    private final Queue<Long> redriven = new ArrayDeque<>();

    /** With nothing parked. */
    public TestParkedQueue() {}

    @Override
    public int size() {
        return parked.size();
    }

    @Override
    public List<ParkedEntry> entries() {
        return List.copyOf(parked.values());
    }

    /** The tester delivers it after what it is about. */
    @Override
    public void redrive(long sequence) {
        if (parked.containsKey(sequence) && !redriven.contains(sequence)) {
            redriven.add(sequence);
        }
    }

    @Override
    public void discard(long sequence) {
        parked.remove(sequence);
        redriven.remove(sequence);
    }

    void park(ParkedEntry entry) {
        parked.put(entry.sequence(), entry);
    }

    void clear() {
        parked.clear();
        redriven.clear();
    }

    /** The next to be delivered again; null if there is none. */
    @Nullable
    ParkedEntry nextRedriven() {
        Long sequence = redriven.poll();
        return sequence == null ? null : parked.get(sequence);
    }

    /** The oldest that is parked with a key. */
    Optional<ParkedEntry> first(Optional<String> key) {
        return key.isEmpty()
                ? Optional.empty()
                : parked.values().stream()
                        .filter(entry -> entry.key().equals(key))
                        .findFirst();
    }
}
