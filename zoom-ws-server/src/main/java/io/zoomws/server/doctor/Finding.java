package io.zoomws.server.doctor;

import java.util.Optional;

/**
 * A step that was walked, or was not.
 *
 * @param step which
 * @param subscription for which it was walked; empty if it is of no single one
 * @param verdict what it ended in
 */
public record Finding(Step step, Optional<String> subscription, Verdict verdict) {}
