package io.zoomws.simulator;

import java.util.List;

/**
 * What a simulator has done since its start; {@code GET /stats} shows the same under the same names.
 *
 * @param tokensIssued tokens handed out
 * @param tokensRefused token requests that were refused
 * @param connectionsOpened connections that got {@code build_connection} with success
 * @param connectionsRefused connections that were refused in band
 * @param connectionsKicked connections that had to go for a newer one
 * @param connectionsSilent connections that were cut because their client sent nothing
 * @param connectionsLive connections open now
 * @param heartbeats heartbeats answered
 * @param eventsGenerated events that happened
 * @param eventsSent events that the operating system took for a connection that was live, each counted once
 * @param eventsMissed events that happened while no connection was live, or whose connection ended before they were written; as with Zoom they are gone
 * @param connections each connection that was ready, the oldest first, at most the newest 1000
 */
public record SimulatorStats(
        long tokensIssued,
        long tokensRefused,
        long connectionsOpened,
        long connectionsRefused,
        long connectionsKicked,
        long connectionsSilent,
        long connectionsLive,
        long heartbeats,
        long eventsGenerated,
        long eventsSent,
        long eventsMissed,
        List<Connection> connections) {

    /** Takes a copy of the list. */
    public SimulatorStats {
        connections = List.copyOf(connections);
    }

    /**
     * One connection.
     *
     * @param number from 1, in the order in which they became ready
     * @param live whether it is still open
     * @param eventsSent events written to it
     * @param heartbeats heartbeats answered on it
     */
    public record Connection(long number, boolean live, long eventsSent, long heartbeats) {}
}
