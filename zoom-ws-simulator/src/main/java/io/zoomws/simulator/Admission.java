package io.zoomws.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a client before its WebSocket was opened.
 *
 * @param refusal why it is not welcome; null if it is
 * @param tokenEnd when its token ends; null if it has no good one
 * @param fault what is said instead of an acceptance; null: nothing else
 */
record Admission(@Nullable String refusal, @Nullable Instant tokenEnd, HandshakeFault.@Nullable Confirm fault) {

    static final Admission WELCOME = new Admission(null, null, null);
}
