/**
 * What a running server tells of itself: plain values, without payloads and without secrets. Made by the composition root,
 * shown by the HTTP server. Read first: {@link io.zoomws.server.status.ServerStatus}.
 */
@NullMarked
package io.zoomws.server.status;

import org.jspecify.annotations.NullMarked;
