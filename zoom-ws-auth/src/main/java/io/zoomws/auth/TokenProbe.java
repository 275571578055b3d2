package io.zoomws.auth;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Asks for a token once and tells what came of it, for a diagnosis. The request is that of {@link OAuthTokenSource}, with its
 * limits, and the token is thrown away.
 */
public final class TokenProbe {

    private final OAuthClient client;
    private final TokenFetch fetch;
    private final InstantSource clock;

    /**
     * A probe that sends nothing yet.
     *
     * @param client the app
     * @param transport the way to the endpoint
     * @param clock the wall clock
     * @throws IllegalArgumentException if the secret would travel in the clear to a proxy elsewhere
     */
    public TokenProbe(OAuthClient client, Transport transport, InstantSource clock) {
        this.client = client;
        this.fetch = new TokenFetch(client, transport, TokenFetch.TIME_LIMIT);
        this.clock = clock;
    }

    /**
     * Asks, and waits for ten seconds at most.
     *
     * @return what came of it
     */
    public TokenReport ask() {
        Instant askedAt = clock.instant();
        TokenExchange.Answer answer;
        try {
            answer = fetch.send().join();
        } catch (CompletionException e) {
            TokenException failure = fetch.unreachable(e);
            return new TokenReport(askedAt, clock.instant(), Optional.empty(), failed(failure));
        }
        Instant answeredAt = clock.instant();
        return new TokenReport(askedAt, answeredAt, date(answer.headers()), outcome(answer, askedAt));
    }

    private TokenReport.Outcome outcome(TokenExchange.Answer answer, Instant askedAt) {
        try {
            return new TokenAnswer(client, askedAt).describe(answer.status(), answer.headers(), answer.body());
        } catch (TokenException e) {
            return failed(e);
        }
    }

    private static TokenReport.Failed failed(TokenException e) {
        return new TokenReport.Failed(e.failure(), String.valueOf(e.getMessage()));
    }

    private static Optional<Instant> date(HttpHeaders headers) {
        return headers.firstValue("Date").flatMap(text -> {
            try {
                return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }
}
