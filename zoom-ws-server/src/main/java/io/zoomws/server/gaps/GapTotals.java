package io.zoomws.server.gaps;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The sums over gaps that have ended.
 *
 * @param all over every gap
 * @param byCategory over the gaps of each category there is one of, in the order of the enum; unmodifiable. Where gaps of two
 *     categories overlap, these add up to more than all
 * @param unreadable entries of kind gap whose bounds cannot be read, and which are in no sum
 */
public record GapTotals(Sum all, Map<GapCategory, Sum> byCategory, long unreadable) {

    /**
     * Gaps added up.
     *
     * @param count how many
     * @param covered how long altogether; time covered by several gaps counts once
     */
    public record Sum(long count, Duration covered) {}

    /** Takes a copy of the map. */
    public GapTotals {
        Map<GapCategory, Sum> copy = new EnumMap<>(GapCategory.class);
        copy.putAll(byCategory);
        byCategory = Collections.unmodifiableMap(copy);
    }
}
