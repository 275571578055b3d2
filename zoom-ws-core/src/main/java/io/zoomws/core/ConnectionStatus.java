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
 * @param renewal present while another connection is being prepared to take over from the ready one
 * @param nextTryAt when it is tried again, if it waits for that
 * @param connection the number of the ready connection, else of the newest, 0 before the first
 * @param lastFrameAt when the last frame came, of any connection
 * @param heartbeatRoundTrip how long the last answered heartbeat took
 * @param reconnects how often each cause has led to a new try; unmodifiable
 */
public record ConnectionStatus(
        ConnectionState state,
        Instant since,
        String cause,
        Optional<Renewing> renewal,
        Optional<Instant> nextTryAt,
        long connection,
        Optional<Instant> lastFrameAt,
        Optional<Duration> heartbeatRoundTrip,
        Map<ReconnectCause, Long> reconnects) {

    /**
     * How another connection is being prepared to take over.
     *
     * @param since when that came to where it is
     * @param cause why it is done, or why it is not done yet
     */
    public record Renewing(Instant since, String cause) {}

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
            case READY ->
                "Connection " + connection + " is ready: " + cause
                        + renewal.map(next -> "; another is to take over: " + next.cause() + nextTry(next.since()))
                                .orElse("");
            case BACKING_OFF -> "No connection: " + cause + nextTry(since);
            case HELD -> "No connection: " + cause + "; it is opened again when that is over";
            case STOPPED -> "Stopped: " + cause;
        };
    }

    private String nextTry(Instant from) {
        return nextTryAt
                .map(at -> "; next try in " + seconds(Duration.between(from, at)))
                .orElse("");
    }

    private static String seconds(Duration duration) {
        long tenths = (Math.max(0, duration.toMillis()) + 99) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    ConnectionStatus withLastFrameAt(Instant at) {
        return new ConnectionStatus(
                state, since, cause, renewal, nextTryAt, connection, Optional.of(at), heartbeatRoundTrip, reconnects);
    }
}
