/**
 * The composition root: {@code main}, the running server and its orderly end. Nobody depends on this package but the command
 * line. Read first: {@link io.zoomws.server.Main}, {@code Server} (what runs) and {@code Feed} (one subscription, from socket
 * to journal).
 */
@NullMarked
package io.zoomws.server;

import org.jspecify.annotations.NullMarked;
