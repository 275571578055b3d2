package io.zoomws.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of asking for a token once: everything but the token.
 *
 * @param askedAt when the request was sent, by the local clock
 * @param answeredAt when the answer was there, or was given up, by the local clock
 * @param serverTime the {@code Date} of the answer, to the second; empty if there was no answer or it told none
 * @param outcome a token, or why there is none
 */
public record TokenReport(Instant askedAt, Instant answeredAt, Optional<Instant> serverTime, Outcome outcome) {

    /** A token, or why there is none. */
    public sealed interface Outcome {}

    /**
     * There is a token.
     *
     * @param life how long it is good, from {@link TokenReport#askedAt()}; empty if that was not told
     * @param scopes what it is good for, as far as these are words that a scope may be; empty if they were not told
     */
    public record Granted(Optional<Duration> life, Optional<List<String>> scopes) implements Outcome {}

    /**
     * There is none.
     *
     * @param failure who can mend it
     * @param message one line for a user, without any secret
     */
    public record Failed(TokenFailure failure, String message) implements Outcome {}
}
