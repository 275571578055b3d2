package io.zoomws.core;

import java.time.Duration;

/**
 * How long to wait before the next try. All jitter is drawn anew for each try.
 *
 * @param first before the first try of an outage, if the connection had lived for {@code shortLife} or more
 * @param base upper end of the first exponential delay; it doubles with each failure
 * @param most upper end of all exponential delays and of those after refusals
 * @param shortLife a connection that lived shorter earns no try at once
 * @param stable how long a connection must live for the exponent to be forgotten
 * @param refused before the second try after a refusal; it doubles; the first is at once, with a fresh token
 * @param wrong between tries that only a user can help: wrong secret, wrong account, something that is not Zoom
 * @param kickedLeast least time to hold back when a connection that had lived for {@code rivalPeace} was kicked
 * @param kickedMost most time to hold back then
 * @param rivalPeace least time to hold back when one that had lived shorter was kicked: the rival is still there
 * @param kickedLimit most time to hold back then, and so at all
 * @param rivalCloses as many unexplained closes of ready connections within {@code rivalWindow} count as a kick
 * @param rivalWindow see {@code rivalCloses}
 */
public record BackOff(
        Duration first,
        Duration base,
        Duration most,
        Duration shortLife,
        Duration stable,
        Duration refused,
        Duration wrong,
        Duration kickedLeast,
        Duration kickedMost,
        Duration rivalPeace,
        Duration kickedLimit,
        int rivalCloses,
        Duration rivalWindow) {

    /** What is right against the real Zoom. */
    public static final BackOff DEFAULT = new BackOff(
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            3,
            Duration.ofSeconds(60));

    /**
     * The same with another upper end; what is longer now becomes as short.
     *
     * @param longest see {@link #most()}
     * @return new delays
     */
    public BackOff withMost(Duration longest) {
        return new BackOff(
                shorter(first, longest),
                shorter(base, longest),
                longest,
                shortLife,
                stable,
                shorter(refused, longest),
                shorter(wrong, longest),
                kickedLeast,
                kickedMost,
                rivalPeace,
                kickedLimit,
                rivalCloses,
                rivalWindow);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
