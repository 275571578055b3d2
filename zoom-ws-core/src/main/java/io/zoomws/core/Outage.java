package io.zoomws.core;

/**
 * How an earlier run ended: the interval without a connection that the first ready connection of this run ends.
 *
 * @param provenUntilNanos the last proof of a live link, in nanoseconds since the epoch
 * @param cause why that run ended, for example {@code restart} or {@code crash}
 */
public record Outage(long provenUntilNanos, String cause) {}
