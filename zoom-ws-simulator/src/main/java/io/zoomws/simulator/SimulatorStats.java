package io.zoomws.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a simulator has done since its start; {@code GET /stats} shows the same under the same names.
 *
 * @param tokensIssued tokens handed out
 * @param tokensRefused token requests that were not answered with a token
 * @param connectionsOpened connections that got {@code build_connection} with success
 * @param connectionsRefused connections that were refused in band
 * @param connectionsKicked connections that had to go for a newer one, or for a pretended rival
 * @param connectionsSilent connections that were cut because their client sent nothing
 * @param connectionsLive connections open now
 * @param heartbeats heartbeats answered
 * @param eventsGenerated events that happened
 * @param eventsSent events that the operating system took for a connection that was live, each counted once
 * @param eventsRepeated how often an event was written once more
 * @param eventsMissed events that happened while no connection was live, or whose connection ended or was muted before they were written; as with Zoom they are gone
 * @param faultsDone faults of scripts that were done; see {@link ZoomSimulator#faults()}
 * @param connections each connection that was ready, the oldest first, at most the newest 10,000
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
        long eventsRepeated,
        long eventsMissed,
        long faultsDone,
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
     * @param eventsSent events written to it, repeats included
     * @param heartbeats heartbeats answered on it
     * @param readyAt when {@code build_connection} with success was written to it
     * @param endedAt when the server wrote its last frame or saw the client go; empty while it is live. What a muted connection
     *     did not get is not seen here, but in {@link ZoomSimulator#missed()} and {@link ZoomSimulator#faults()}
     * @param cause why it ended; empty while it is live
     */
    public record Connection(
            long number,
            boolean live,
            long eventsSent,
            long heartbeats,
            Instant readyAt,
            Optional<Instant> endedAt,
            Optional<EndCause> cause) {}
}
