package io.zoomws.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens from Zoom's token endpoint and keeps the last one until near its end.
 *
 * <p>One fetch at a time: in 2022 and 2023 a new token ended the one before it, so two concurrent fetches of one app could
 * leave both callers with a dead token. Whoever asks meanwhile shares the outcome. A failed fetch is not remembered and not
 * repeated: when to ask again is the caller's to decide.
 *
 * <p>A fetch takes 10 s at most, a slowly dripping body included, reads 64 KiB at most and follows no redirect, since that
 * would hand the client secret to whoever is named there.
 */
public final class OAuthTokenSource implements TokenSource, AutoCloseable {

    static final int BODY_LIMIT_BYTES = 64 * 1024;
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final OAuthClient client;
    private final InstantSource clock;
    private final TokenFetch fetch;

    // Guarded by this.
    private @Nullable AccessToken cached;
    private @Nullable Instant fetchedAt;
    private @Nullable CompletableFuture<AccessToken> underWay;
    private boolean closed;

    /**
     * A source that has no token yet and goes straight to the endpoint. Nothing is sent before the first call.
     *
     * @param client the app
     * @param clock the wall clock by which tokens end
     */
    public OAuthTokenSource(OAuthClient client, InstantSource clock) {
        this(client, clock, Transport.DIRECT);
    }

    /**
     * A source that has no token yet. Nothing is sent before the first call.
     *
     * @param client the app
     * @param clock the wall clock by which tokens end
     * @param transport the way to the endpoint
     * @throws IllegalArgumentException if the secret would travel in the clear to a proxy elsewhere
     */
    public OAuthTokenSource(OAuthClient client, InstantSource clock, Transport transport) {
        this(client, clock, transport, TokenFetch.TIME_LIMIT);
    }

    OAuthTokenSource(OAuthClient client, InstantSource clock, Transport transport, Duration timeLimit) {
        this.client = client;
        this.clock = clock;
        this.fetch = new TokenFetch(client, transport, timeLimit);
    }

    @Override
    public synchronized CompletableFuture<AccessToken> current() {
        AccessToken token = cached;
        return token != null && isUsable(token) ? CompletableFuture.completedFuture(token) : joinFetch();
    }

    @Override
    public synchronized CompletableFuture<AccessToken> fresh(AccessToken refused) {
        AccessToken token = cached;
        return token != null && !token.equals(refused) && isUsable(token)
                ? CompletableFuture.completedFuture(token)
                : joinFetch();
    }

    /** Not within the last minute of its life; and not if the clock went back to before its birth, when nothing is known. */
    private boolean isUsable(AccessToken token) {
        Instant now = clock.instant();
        return fetchedAt != null
                && !now.isBefore(fetchedAt)
                && now.isBefore(token.expiresAt().minus(MARGIN));
    }

    /** A copy for each caller, so that one caller's cancelling does not end what others wait for. */
    private CompletableFuture<AccessToken> joinFetch() {
        if (closed) {
            return CompletableFuture.failedFuture(
                    fetch.unavailable(" is not asked any more: this token source is closed"));
        }
        CompletableFuture<AccessToken> joined = underWay;
        if (joined == null) {
            CompletableFuture<AccessToken> started = new CompletableFuture<>();
            underWay = started;
            joined = started;
            fetch(started);
        }
        return joined.copy();
    }

    private void fetch(CompletableFuture<AccessToken> outcome) {
        Instant askedAt = clock.instant();
        CompletableFuture<TokenExchange.Answer> answer = fetch.send();
        CompletableFuture<?> unused =
                answer.whenComplete((response, failure) -> settle(outcome, askedAt, response, failure));
        CompletableFuture<?> unusedAsWell = outcome.whenComplete((token, failure) -> answer.cancel(true));
    }

    private void settle(
            CompletableFuture<AccessToken> outcome,
            Instant askedAt,
            TokenExchange.@Nullable Answer response,
            @Nullable Throwable failure) {
        AccessToken token = null;
        TokenException problem = null;
        try {
            if (response == null) {
                problem = fetch.unreachable(failure);
            } else {
                token = new TokenAnswer(client, askedAt).read(response.status(), response.headers(), response.body());
            }
        } catch (TokenException e) {
            problem = e;
        }
        synchronized (this) {
            underWay = null;
            if (token != null) {
                cached = token;
                fetchedAt = askedAt;
            }
        }
        if (problem != null) {
            outcome.completeExceptionally(problem);
        } else {
            outcome.complete(token);
        }
    }

    /** Ends a fetch under way, which fails as unavailable; later calls fail likewise. A second call does nothing. */
    @Override
    public void close() {
        CompletableFuture<AccessToken> unfinished;
        synchronized (this) {
            closed = true;
            cached = null;
            unfinished = underWay;
        }
        if (unfinished != null) {
            unfinished.completeExceptionally(fetch.unavailable(" is not asked any more: this token source is closed"));
        }
    }
}
