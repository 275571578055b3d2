package io.zoomws.simulator;

import java.time.Instant;

/**
 * An event that was written to no connection.
 *
 * @param event its number, from 1, in the order in which events happened
 * @param connection the connection that was live but did not take it, 0 if none was live
 * @param at when it was lost
 */
public record MissedEvent(long event, long connection, Instant at) {}
