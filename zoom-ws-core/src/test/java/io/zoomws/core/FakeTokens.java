package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.Secret;
import io.zoomws.auth.TokenSource;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives out a new token whenever one was refused, each with the canary in it. */
final class FakeTokens implements TokenSource {

    static final String CANARY = "canary-eyJhbGciOi";
    final AtomicInteger issued = new AtomicInteger(1);

    @Override
    public CompletableFuture<AccessToken> current() {
        return CompletableFuture.completedFuture(token());
    }

    @Override
    public CompletableFuture<AccessToken> fresh(AccessToken refused) {
        issued.incrementAndGet();
        return CompletableFuture.completedFuture(token());
    }

    AccessToken token() {
        return new AccessToken(Secret.of(CANARY + "." + issued.get()), Instant.MAX);
    }
}
