package io.zoomws.simulator;

import java.time.Instant;

/**
 * An event that was written to a live connection. An event that was written more than once has as many entries.
 *
 * @param event its number, from 1, in the order in which events happened
 * @param connection the connection's number, from 1
 * @param frame the text of the whole frame
 * @param at when the operating system had taken it
 */
public record SentEvent(long event, long connection, String frame, Instant at) {}
