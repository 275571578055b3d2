package io.zoomws.simulator;

import java.time.Instant;

/**
 * A fault that was done.
 *
 * @param fault its name, as in the script
 * @param connection the number of the connection that it was done to, 0 if to none that was ready
 * @param at when it was done, or began
 */
public record InjectedFault(String fault, long connection, Instant at) {}
