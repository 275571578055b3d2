/**
 * The contract between zoom-ws and whatever consumes its journal: plugins, Camel routes, tools.
 *
 * <p>Read first: {@link io.zoomws.spi.EventHandler} (the one interface a plugin implements),
 * {@link io.zoomws.spi.ZoomEvent} (what it is handed) and {@link io.zoomws.spi.JournalReader} (how to read the journal
 * oneself). {@link io.zoomws.spi.events} has common events as records. Nothing in here performs I/O or names a library of ours;
 * the host implements the interfaces.
 *
 * <p>No type of this package ever carries a secret of the server: no token, no client secret, no URL.
 */
@NullMarked
package io.zoomws.spi;

import org.jspecify.annotations.NullMarked;
