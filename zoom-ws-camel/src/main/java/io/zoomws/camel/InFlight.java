package io.zoomws.camel;

import java.util.TreeSet;

/**
 * Knows which position may be saved while entries are under way and end in any order: that of the lowest one not yet done.
 * A crash then repeats those above it that were done already, and skips none. Confined to the pump's thread.
 */
final class InFlight {

    private final TreeSet<Long> sequences = new TreeSet<>();
    private long next;

    InFlight(long next) {
        this.next = next;
    }

    /** An entry is handed over; entries come in rising order. */
    void begin(long sequence) {
        sequences.add(sequence);
        next = sequence + 1;
    }

    /** An entry is done. */
    void end(long sequence) {
        sequences.remove(sequence);
    }

    /** An entry concerns nobody. */
    void skip(long sequence) {
        next = sequence + 1;
    }

    int size() {
        return sequences.size();
    }

    /** The next entry to be read. */
    long next() {
        return next;
    }

    /** The lowest entry that is not done: what may be saved. */
    long position() {
        return sequences.isEmpty() ? next : sequences.first();
    }
}
