package io.zoomws.journal;

import java.time.Instant;

/**
 * A gap that no connection has closed yet.
 *
 * @param from the last instant at which a connection is proven to have been live
 * @param cause why there is none, a short phrase without secrets
 */
public record OpenGap(Instant from, String cause) {}
