package io.zoomws.auth;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        this.exchange = proxy.isPresent()
                ? new TunnelledExchange(request, transport, timeLimit)
                : new DirectExchange(request, transport, timeLimit);
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

    /** Names the kind of trouble in words of our own: what these exceptions say may quote an answer. */
    TokenException unreachable(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenException told) {
                return told;
            }
            if (cause instanceof ProxyException refusal) {
                return unavailable(" cannot be reached: " + refusal.getMessage());
            }
            if (cause instanceof TimeoutException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof SocketTimeoutException) {
                return unavailable(" did not answer within " + timeLimit.toMillis() / 1000.0 + " s"
                        + proxy.map(between -> " through the proxy " + between.endpoint())
                                .orElse(""));
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return unavailable(" is not known to the name server: check the token-url and the network");
            }
        }
        Optional<String> tls = TlsFailure.describe(failure);
        if (tls.isPresent()) {
            return unavailable(" cannot be reached: " + tls.get());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return unavailable(" refused the connection");
            }
        }
        return unavailable(" broke the connection off before its answer was complete");
    }

    TokenException unavailable(String what) {
        return new TokenException(new TokenFailure.Unavailable(), "The token endpoint " + client.endpoint() + what);
    }
}
