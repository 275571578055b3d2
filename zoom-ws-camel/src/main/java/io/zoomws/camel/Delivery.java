package io.zoomws.camel;

import io.zoomws.spi.Entry;

/**
 * One attempt at delivering an entry.
 *
 * @param entry to deliver
 * @param attempt from 1
 * @param mayRepeat whether the entry may have been handed over already, before this consumer was started
 * @param slot its place among those under way
 */
record Delivery(Entry entry, int attempt, boolean mayRepeat, InFlight.Slot slot) {

    Delivery again() {
        return new Delivery(entry, attempt + 1, mayRepeat, slot);
    }

    /** Whether the route may have seen this entry before, in this run or in an earlier one. */
    boolean isRedelivered() {
        return mayRepeat || attempt > 1;
    }
}
