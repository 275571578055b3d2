/**
 * Runs Camel routes from YAML files inside the server. Called by the host only, as any plugin. Read first: {@link
 * io.zoomws.plugin.camelroutes.CamelRoutes}, {@link io.zoomws.plugin.camelroutes.Reload}, {@link
 * io.zoomws.plugin.camelroutes.RouteFile}.
 */
@NullMarked
package io.zoomws.plugin.camelroutes;

import org.jspecify.annotations.NullMarked;
