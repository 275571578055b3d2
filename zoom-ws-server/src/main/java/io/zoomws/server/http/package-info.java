/**
 * The HTTP server: health, metrics and status of a running server, read only. Started by the composition root, which hands it
 * plain values; it knows nothing else of the server. Read first: {@link io.zoomws.server.http.HttpServer} (what is served and
 * by which threads), {@code RequestGuard} (what is refused before anything else looks at it) and {@code StatusJson}.
 *
 * <p>Nothing here may slow or stop the feed: threads, connections, sizes and times are bounded, and whatever fails is an answer
 * with status 500.
 */
@NullMarked
package io.zoomws.server.http;

import org.jspecify.annotations.NullMarked;
