package io.zoomws.core;

/**
 * One instant on two clocks.
 *
 * @param wallNanos nanoseconds since the epoch: for what is journaled; may jump
 * @param monotonicNanos for time spans; never goes back
 */
record Moment(long wallNanos, long monotonicNanos) {}
