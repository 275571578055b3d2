/**
 * The composition root: {@code main}, the running server and its orderly end. Nobody depends on this package but the command
 * line. Read first: {@link io.zoomws.server.Main}, {@code Server} (what runs) and {@code Feeds} (what a subscription's
 * feed is made of).
 */
@NullMarked
package io.zoomws.server;

import org.jspecify.annotations.NullMarked;
