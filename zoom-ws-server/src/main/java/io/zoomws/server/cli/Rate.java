package io.zoomws.server.cli;

/**
 * How fast a simulator sends.
 *
 * @param eventsPerSecond 0 or more
 */
record Rate(double eventsPerSecond) {}
