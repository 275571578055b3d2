/**
 * OAuth tokens for Zoom: fetched once for all who ask, kept until near their end, failures told apart.
 *
 * <p>The connection (zoom-ws-core) and the composition root may call it. Read first: {@link io.zoomws.auth.TokenSource}
 * (what callers see), {@link io.zoomws.auth.OAuthTokenSource} (how a token is fetched) and
 * {@link io.zoomws.auth.TokenFailure} (what can go wrong, told apart by what a user has to do about it).
 *
 * <p>{@link io.zoomws.auth.Transport} is the way to Zoom, for the connection as well: a CA file and a proxy.
 *
 * <p>Nothing in here logs, and no exception or {@code toString} carries a token, a client secret or a word that the server
 * answered.
 */
@NullMarked
package io.zoomws.auth;

import org.jspecify.annotations.NullMarked;
