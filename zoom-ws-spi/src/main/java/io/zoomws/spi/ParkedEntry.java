package io.zoomws.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry that a handler failed on, and that waits for somebody to have it delivered again or discarded.
 *
 * @param sequence of the entry
 * @param event type of the event; {@code gap} if the entry is a gap
 * @param parkedAt when it was parked last
 * @param attempts how often it was delivered in all; 0 if it is parked only because an earlier one of its key is
 * @param error classes and place of what was thrown last, never a message
 * @param key as {@link EventHandler#key} said
 */
public record ParkedEntry(
        long sequence, String event, Instant parkedAt, int attempts, String error, Optional<String> key) {}
