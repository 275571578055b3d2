package io.zoomws.core;

/**
 * One instant on two clocks.
 *
 * @param wallNanos nanoseconds since the epoch: for what is journaled; may jump
 * @param monotonicNanos for time spans; never goes back
 */
record Moment(long wallNanos, long monotonicNanos) {

    /** How far the two clocks are apart: the same at every moment, unless the wall clock was set or the machine slept. */
    long offsetNanos() {
        return wallNanos - monotonicNanos;
    }

    long nanosSince(Moment earlier) {
        return monotonicNanos - earlier.monotonicNanos;
    }
}
