package io.zoomws.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How the connection is: what a log line and a status page need.
 *
 * @param state where it stands
 * @param since when it came there
 * @param cause what led there, in plain words without any secret
 * @param nextTryAt when it is tried again, if it waits for that
 * @param connection the number of the newest connection, 0 before the first
 * @param lastFrameAt when the last frame came, of any connection
 * @param heartbeatRoundTrip how long the last answered heartbeat took
 * @param reconnects how often each cause has led to a new try; unmodifiable
 */
public record ConnectionStatus(
        ConnectionState state,
        Instant since,
        String cause,
        Optional<Instant> nextTryAt,
        long connection,
        Optional<Instant> lastFrameAt,
        Optional<Duration> heartbeatRoundTrip,
        Map<ReconnectCause, Long> reconnects) {

    /**
     * One line for a log: what is, why, and what comes next.
     *
     * @return text without line ends and without any secret
     */
    public String line() {
        return switch (state) {
            case NEW -> "Not started";
            case WAITING_FOR_TOKEN -> "Asking for a token: " + cause;
            case CONNECTING -> "Connection " + connection + " is being opened";
            case AWAITING_BUILD_CONNECTION -> "Connection " + connection + " is open; waiting for Zoom to confirm it";
            case READY -> "Connection " + connection + " is ready: Zoom confirmed it";
            case BACKING_OFF ->
                "No connection: " + cause
                        + nextTryAt
                                .map(at -> "; next try in " + seconds(Duration.between(since, at)))
                                .orElse("");
            case STOPPED -> "Stopped: " + cause;
        };
    }

    private static String seconds(Duration duration) {
        long tenths = (Math.max(0, duration.toMillis()) + 99) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    ConnectionStatus withLastFrameAt(Instant at) {
        return new ConnectionStatus(
                state, since, cause, nextTryAt, connection, Optional.of(at), heartbeatRoundTrip, reconnects);
    }
}
