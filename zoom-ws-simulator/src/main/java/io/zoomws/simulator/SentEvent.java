package io.zoomws.simulator;

import java.time.Instant;

/**
 * An event that was written to a live connection.
 *
 * @param connection its number, from 1
 * @param frame the text of the whole frame
 * @param at when it was written
 */
public record SentEvent(long connection, String frame, Instant at) {}
