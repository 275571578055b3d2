package io.zoomws.server.doctor;

import io.zoomws.core.ConnectionState;
import io.zoomws.core.ReconnectCause;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a trial has shown when it was looked at.
 *
 * @param waited for what was waited for
 * @param stopped whether the user ended the waiting
 * @param state where the connection stands
 * @param cause what led there
 * @param ends how often a try or a connection ended, and why
 * @param roundTrip of the last answered heartbeat
 * @param firstEvent its type
 */
record Observation(
        Duration waited,
        boolean stopped,
        ConnectionState state,
        String cause,
        Map<ReconnectCause, Long> ends,
        Optional<Duration> roundTrip,
        Optional<String> firstEvent) {

    Observation withFirstEvent(Optional<String> type) {
        return new Observation(waited, stopped, state, cause, ends, roundTrip, type);
    }

    boolean ready() {
        return state == ConnectionState.READY;
    }

    boolean ended(ReconnectCause kind) {
        return ends.getOrDefault(kind, 0L) > 0;
    }

    /** A renewal of our own is no end: another connection takes over. */
    boolean ended() {
        return ends.entrySet().stream().anyMatch(end -> end.getKey() != ReconnectCause.RENEWED && end.getValue() > 0);
    }

    boolean taken() {
        return ended(ReconnectCause.KICKED) || ended(ReconnectCause.RIVAL);
    }
}
