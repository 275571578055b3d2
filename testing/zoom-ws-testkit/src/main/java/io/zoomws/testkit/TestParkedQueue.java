package io.zoomws.testkit;

import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.ParkedQueue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a handler failed on in a test, in memory. To be given to the handler, if it asks for one, and to {@link
 * HandlerTester#parkingIn}, which fills it and follows it.
 */
public final class TestParkedQueue implements ParkedQueue {

    private final SortedMap<Long, ParkedEntry> parked = new TreeMap<>();
    private final Set<Long> redriven = new HashSet<>();

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

    /** The tester delivers it when it goes on. */
    @Override
    public void redrive(long sequence) {
        if (parked.containsKey(sequence)) {
            redriven.add(sequence);
        }
    }

    @Override
    public void discard(long sequence) {
        parked.remove(sequence);
        redriven.remove(sequence);
    }

    void park(ParkedEntry entry) {
        redriven.remove(entry.sequence());
        parked.put(entry.sequence(), entry);
    }

    void clear() {
        parked.clear();
        redriven.clear();
    }

    /**
     * The next that is delivered again: one that was asked for, or one that was parked only because an earlier one of its key
     * was. Of a key, only the first.
     */
    Optional<ParkedEntry> takeDue() {
        Optional<ParkedEntry> due = parked.values().stream()
                .filter(entry -> entry.attempts() == 0 || redriven.contains(entry.sequence()))
                .filter(entry -> entry.key().isEmpty() || first(entry.key()).equals(Optional.of(entry)))
                .findFirst();
        due.ifPresent(entry -> redriven.remove(entry.sequence()));
        return due;
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
