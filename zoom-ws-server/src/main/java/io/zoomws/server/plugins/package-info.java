/**
 * The plugin host: finds plugin directories, loads each in a class loader of its own, builds its handler with Guice and
 * delivers a journal's entries to it. Called by the composition root and by the command line. Read first: {@link
 * io.zoomws.server.plugins.PluginCatalog} (what is there), {@link io.zoomws.server.plugins.PluginInstance} (one that runs)
 * and {@code DeliveryLoop} (what happens to an entry).
 *
 * <p>A plugin is a stranger's code. It may throw anything, return null, loop, or keep its thread: nothing here trusts it,
 * and its thread touches nothing that another plugin needs.
 */
@NullMarked
package io.zoomws.server.plugins;

import org.jspecify.annotations.NullMarked;
