/**
 * The shipped plugin {@code console}: one line an event on standard output. Nobody calls it but the plugin host, which
 * loads it exactly as it would a stranger's. Read {@link io.zoomws.plugin.console.ConsoleHandler} first, then
 * {@link io.zoomws.plugin.console.EventLine}.
 */
@NullMarked
package io.zoomws.plugin.console;

import org.jspecify.annotations.NullMarked;
