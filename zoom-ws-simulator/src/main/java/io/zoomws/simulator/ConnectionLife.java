package io.zoomws.simulator;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a connection that was ready, longer than the connection itself: without socket and buffers, so that
 * thousands of them cost little. Confined to the event loop.
 */
final class ConnectionLife {

    private final long number;
    private final Instant readyAt;
    private long eventsSent;
    private long heartbeats;
    private @Nullable Instant endedAt;
    private @Nullable EndCause cause;

    ConnectionLife(long number, Instant readyAt) {
        this.number = number;
        this.readyAt = readyAt;
    }

    void sentEvent() {
        eventsSent++;
    }

    void answeredHeartbeat() {
        heartbeats++;
    }

    void end(Instant at, EndCause why) {
        endedAt = at;
        cause = why;
    }

    boolean isOver() {
        return endedAt != null;
    }

    long number() {
        return number;
    }

    SimulatorStats.Connection stats() {
        return new SimulatorStats.Connection(
                number,
                !isOver(),
                eventsSent,
                heartbeats,
                readyAt,
                Optional.ofNullable(endedAt),
                Optional.ofNullable(cause));
    }
}
