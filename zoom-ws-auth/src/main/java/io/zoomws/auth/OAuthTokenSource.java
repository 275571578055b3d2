package io.zoomws.auth;

import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
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
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final OAuthClient client;
    private final InstantSource clock;
    private final Duration timeLimit;
    private final HttpClient http;
    private final HttpRequest request;

    // Guarded by this.
    private @Nullable AccessToken cached;
    private @Nullable Instant fetchedAt;
    private @Nullable CompletableFuture<AccessToken> underWay;
    private boolean closed;

    /**
     * A source that has no token yet. Nothing is sent before the first call.
     *
     * @param client the app
     * @param clock the wall clock by which tokens end
     */
    public OAuthTokenSource(OAuthClient client, InstantSource clock) {
        this(client, clock, TIME_LIMIT);
    }

    OAuthTokenSource(OAuthClient client, InstantSource clock, Duration timeLimit) {
        this.client = client;
        this.clock = clock;
        this.timeLimit = timeLimit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeLimit)
                .build();
        this.request = request(client);
    }

    private static HttpRequest request(OAuthClient client) {
        String basic = Base64.getEncoder()
                .encodeToString(
                        (client.clientId() + ":" + client.clientSecret().reveal()).getBytes(StandardCharsets.UTF_8));
        String form = client.accountId()
                .map(id -> "grant_type=account_credentials&account_id=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .orElse("grant_type=client_credentials");
        return HttpRequest.newBuilder(client.tokenUrl())
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
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
            return CompletableFuture.failedFuture(unavailable(" is not asked any more: this token source is closed"));
        }
        CompletableFuture<AccessToken> fetch = underWay;
        if (fetch == null) {
            CompletableFuture<AccessToken> started = new CompletableFuture<>();
            underWay = started;
            fetch = started;
            fetch(started);
        }
        return fetch.copy();
    }

    private void fetch(CompletableFuture<AccessToken> outcome) {
        Instant askedAt = clock.instant();
        CompletableFuture<HttpResponse<Optional<byte[]>>> exchange =
                http.sendAsync(request, response -> new BoundedBody(BODY_LIMIT_BYTES));
        CompletableFuture<?> unused = exchange.copy()
                .orTimeout(timeLimit.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((response, failure) -> {
                    // Ends an exchange that drips on beyond the limit; does nothing to one that has ended.
                    exchange.cancel(true);
                    settle(outcome, askedAt, response, failure);
                });
        CompletableFuture<?> unusedAsWell = outcome.whenComplete((token, failure) -> exchange.cancel(true));
    }

    private void settle(
            CompletableFuture<AccessToken> outcome,
            Instant askedAt,
            @Nullable HttpResponse<Optional<byte[]>> response,
            @Nullable Throwable failure) {
        AccessToken token = null;
        TokenException problem = null;
        try {
            if (response == null) {
                problem = unreachable(failure);
            } else {
                token = new TokenAnswer(client, askedAt)
                        .read(response.statusCode(), response.headers(), response.body());
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

    /** Names the kind of trouble in words of our own: what these exceptions say may quote an answer. */
    private TokenException unreachable(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException) {
                return unavailable(" did not answer within " + timeLimit.toMillis() / 1000.0 + " s");
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return unavailable(" is not known to the name server: check the token-url and the network");
            }
            if (cause instanceof SSLException) {
                return unavailable(
                        " cannot be reached by TLS: its certificate is not trusted here, or something in between"
                                + " interferes");
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return unavailable(" refused the connection");
            }
        }
        return unavailable(" broke the connection off before its answer was complete");
    }

    private TokenException unavailable(String what) {
        return new TokenException(new TokenFailure.Unavailable(), "The token endpoint " + client.endpoint() + what);
    }

    /** Ends a fetch under way, which fails as unavailable; later calls fail likewise. A second call does nothing. */
    @Override
    public void close() {
        CompletableFuture<AccessToken> fetch;
        synchronized (this) {
            closed = true;
            cached = null;
            fetch = underWay;
        }
        if (fetch != null) {
            fetch.completeExceptionally(unavailable(" is not asked any more: this token source is closed"));
        }
    }
}
