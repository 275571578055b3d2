/**
 * The HTTP server: what a running server has received, how it and its plugins are, and what may be done with them. Started by the
 * composition root, which hands it what it tells and whom it asks; it knows nothing else of the server. Read first: {@link
 * io.zoomws.server.http.HttpServer} (threads and limits), {@code Routes} (everything that can be asked for), {@code RequestGuard} (what
 * is refused before anything else looks at it) and {@code Gate} (who may ask for what).
 *
 * <p>Nothing here may slow or stop the feed: threads, connections, streams, sizes and times are bounded, and whatever fails is an
 * answer with status 500. Journals are read as any plugin reads them.
 */
@NullMarked
package io.zoomws.server.http;

import org.jspecify.annotations.NullMarked;
