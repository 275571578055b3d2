/**
 * The Camel component {@code zoomws:}, which delivers the events of a journal into a route and remembers how far it came.
 *
 * <p>Camel creates what is here; routes name only the URI and, for headers, {@link io.zoomws.camel.ZoomWsConstants}. Read
 * first {@link io.zoomws.camel.ZoomWsConfiguration} (the options), {@link io.zoomws.camel.Pump} (the one thread of a consumer)
 * and {@link io.zoomws.camel.InFlight} (which position may be saved).
 */
@NullMarked
package io.zoomws.camel;

import org.jspecify.annotations.NullMarked;
