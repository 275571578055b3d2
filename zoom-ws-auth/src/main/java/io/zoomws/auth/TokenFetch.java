package io.zoomws.auth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the token endpoint of one app, by whichever way, within a time limit; remembers nothing. */
final class TokenFetch {

    static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final OAuthClient client;
    private final Duration timeLimit;
    private final Optional<Proxy> proxy;
    private final TokenExchange exchange;

    /**
     * A fetch that has not begun.
     *
     * @throws IllegalArgumentException if the secret would travel in the clear to a proxy elsewhere
     */
    TokenFetch(OAuthClient client, Transport transport, Duration timeLimit) {
        TokenRequest request = new TokenRequest(client);
        if (!request.isEncrypted() && !transport.keepsLoopbackLocal()) {
            throw new IllegalArgumentException("The token-url must begin with https:// because the client secret would"
                    + " travel in the clear to the proxy; http:// is accepted with a proxy on this machine only");
        }
        this.client = client;
        this.timeLimit = timeLimit;
        this.proxy = transport.proxy();
        this.exchange = TokenExchange.of(request, transport, timeLimit);
    }

    /** Asks once. The future fails with a {@link TokenException} if nothing answers; cancelling it ends the exchange. */
    CompletableFuture<TokenExchange.Answer> send() {
        CompletableFuture<TokenExchange.Answer> outcome = new CompletableFuture<>();
        CompletableFuture<TokenExchange.Answer> answer = exchange.send();
        CompletableFuture<?> unused = answer.copy()
                .orTimeout(timeLimit.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((response, failure) -> {
                    // Ends an exchange that drips on beyond the limit; does nothing to one that has ended.
                    answer.cancel(true);
                    if (response == null) {
                        outcome.completeExceptionally(unreachable(failure));
                    } else {
                        outcome.complete(response);
                    }
                });
        CompletableFuture<?> unusedAsWell = outcome.whenComplete((response, failure) -> answer.cancel(true));
        return outcome;
    }

    /** What a future of {@link #send} has failed with. */
    TokenException unreachable(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenException told) {
                return told;
            }
        }
        return unavailable(ExchangeFailure.words(failure, timeLimit, proxy, "token-url"));
    }

    TokenException unavailable(String what) {
        return new TokenException(new TokenFailure.Unavailable(), "The token endpoint " + client.endpoint() + what);
    }
}
