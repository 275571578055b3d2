package io.zoomws.plugin.camelroutes;

import java.util.Optional;

/**
 * A route of a file.
 *
 * @param id of the route
 * @param cursor by which it follows the journal; empty if it does not: it begins elsewhere, or replays a range
 */
record RouteName(String id, Optional<String> cursor) {}
