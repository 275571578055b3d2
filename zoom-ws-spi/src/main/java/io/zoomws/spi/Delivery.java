package io.zoomws.spi;

/**
 * How an entry comes to be delivered to a handler.
 *
 * @param replay whether a user asked for a range of the past, rather than the handler following the journal live
 * @param attempt 1 for the first time in this run, rising with each retry; for an entry that was parked it goes on from what was
 *     counted then
 */
public record Delivery(boolean replay, int attempt) {
    /**
     * Refuses an attempt below 1.
     *
     * @param replay as above
     * @param attempt as above
     */
    public Delivery {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt is 1 or more, not " + attempt);
        }
    }
}
