package io.zoomws.auth;

import java.util.concurrent.CompletableFuture;

/**
 * Gives out access tokens of one app.
 *
 * <p>Methods may be called by any thread and never block. A returned future fails with a {@link TokenException} (as the
 * cause of a {@link java.util.concurrent.CompletionException}, as usual for dependent futures); cancelling it lets go of
 * the answer but stops nothing, because others may wait for the same fetch. It completes on a thread of the source's: the
 * caller hands over to its own before doing anything that takes time.
 */
public interface TokenSource {

    /**
     * A token to connect with now.
     *
     * @return the token at hand unless it is near its end, else the outcome of a fetch
     */
    CompletableFuture<AccessToken> current();

    /**
     * A token other than one that Zoom refused.
     *
     * @param refused what {@link #current()} gave and Zoom did not accept
     * @return a token fetched since, if there is one, else the outcome of a fetch, joining one under way
     */
    CompletableFuture<AccessToken> fresh(AccessToken refused);
}
