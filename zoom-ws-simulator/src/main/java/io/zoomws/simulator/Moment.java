package io.zoomws.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a step of a fault script begins.
 *
 * @param place what is counted; {@link Place#TIME}: nothing
 * @param nth which one, from 1, counted since the script began; not used with {@link Place#TIME}
 * @param after how long after that, or after the script began
 * @param everyTime how often again, with {@link Place#TIME}; null: once
 * @param everyNth each how manyth again, otherwise; 0: each one, as long as the step's {@code times} last
 */
record Moment(
        Place place, long nth, Duration after, @Nullable Duration everyTime, long everyNth) {

    /** Whether the step goes on without end unless {@code times} limits it. */
    boolean recurs() {
        return everyTime != null || everyNth > 0;
    }

    /** Whether it begins with this one. */
    boolean matches(long seen) {
        return seen >= nth && (seen - nth) % Math.max(1, everyNth) == 0;
    }
}
