/**
 * Plugins as files: finds plugin directories, loads each in a class loader of its own, fills its settings and builds its
 * handler with Guice. What is then done with the handler belongs to {@code io.zoomws.server.delivery}. Read first: {@link
 * io.zoomws.server.plugins.PluginCatalog} (what is there), {@link io.zoomws.server.plugins.Plugin} (one that can be used) and
 * {@link io.zoomws.server.plugins.HostServices} (what it is given).
 *
 * <p>A plugin is a stranger's code: its constructor may throw anything, loop, or keep its thread. Nothing here trusts it.
 */
@NullMarked
package io.zoomws.server.plugins;

import org.jspecify.annotations.NullMarked;
