package io.zoomws.auth;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One request, to the token endpoint as a rule, and its answer, by whichever way. Follows no redirect. */
interface TokenExchange {

    /** By the way that the transport has: through its proxy, if it has one. */
    static TokenExchange of(TokenRequest request, Transport transport, Duration timeLimit) {
        return transport.proxy().isPresent()
                ? new TunnelledExchange(request, transport, timeLimit)
                : new DirectExchange(request, transport, timeLimit);
    }

    /**
     * What was answered.
     *
     * @param body empty if it was over the limit of {@link OAuthTokenSource#BODY_LIMIT_BYTES}
     */
    record Answer(int status, HttpHeaders headers, Optional<byte[]> body) {}

    /** Sends the request. Cancelling the future ends the exchange at once and lets go of its socket. */
    CompletableFuture<Answer> send();
}
