/**
 * The plugin host: starts the configured instances, and stops and starts single ones while the server runs. Called by the
 * composition root. Read first: {@link io.zoomws.server.host.PluginHost} (all of them), {@code Slot} (the place of one) and
 * {@link io.zoomws.server.host.Launcher} (how one is started). What an instance does is the business of {@code
 * io.zoomws.server.delivery}.
 */
@NullMarked
package io.zoomws.server.host;

import org.jspecify.annotations.NullMarked;
