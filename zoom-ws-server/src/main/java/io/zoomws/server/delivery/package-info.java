/**
 * Delivers a journal's entries to handlers. Called by the composition root and by the command line. Read first: {@link
 * io.zoomws.server.delivery.PluginInstance} (one that follows a journal), {@link io.zoomws.server.delivery.Replay} (one that
 * runs over a range) and {@code DeliveryLoop} (what happens to an entry).
 *
 * <p>A handler is a stranger's code. It may throw anything, return null, loop, or keep its thread: nothing here trusts it,
 * and its thread touches nothing that another plugin needs.
 */
@NullMarked
package io.zoomws.server.delivery;

import org.jspecify.annotations.NullMarked;
