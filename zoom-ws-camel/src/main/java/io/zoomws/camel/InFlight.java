package io.zoomws.camel;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Knows which position may be saved while entries are under way and end in any order: that of the lowest one not yet done.
 * A crash then repeats those above it that were done already, and skips none. Confined to the pump's thread.
 */
final class InFlight {

    /** An entry that was handed over. */
    static final class Slot {
        private final long sequence;
        private boolean done;

        private Slot(long sequence) {
            this.sequence = sequence;
        }
    }

    /** From the lowest that is not done, in rising order; done ones above it included. */
    private final Deque<Slot> slots = new ArrayDeque<>();

    private long next;
    private long begun;
    private int size;

    InFlight(long next) {
        this.next = next;
    }

    /** An entry is handed over; entries come in rising order. */
    Slot begin(long sequence) {
        Slot slot = new Slot(sequence);
        slots.add(slot);
        next = sequence + 1;
        begun++;
        size++;
        return slot;
    }

    /** An entry is done, which is said once. */
    void end(Slot slot) {
        slot.done = true;
        size--;
        for (Slot lowest = slots.peek(); lowest != null && lowest.done; lowest = slots.peek()) {
            slots.remove();
        }
    }

    /** An entry concerns nobody. */
    void skip(long sequence) {
        next = sequence + 1;
    }

    /** How many entries are not done. */
    int size() {
        return size;
    }

    /** How many entries were handed over from the position on, done or not: what comes again if the position is used. */
    int span() {
        return slots.size();
    }

    /** How many entries below the position were handed over. */
    long settled() {
        return begun - slots.size();
    }

    /** The next entry to be read. */
    long next() {
        return next;
    }

    /** The lowest entry that is not done: what may be saved. */
    long position() {
        Slot lowest = slots.peek();
        return lowest == null ? next : lowest.sequence;
    }
}
