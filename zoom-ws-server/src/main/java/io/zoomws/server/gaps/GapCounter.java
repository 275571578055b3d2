package io.zoomws.server.gaps;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Adds up the gaps among the entries it is shown. One thread at a time. */
public final class GapCounter {

    private static final class Part {
        private final TimeUnion union = new TimeUnion();
        private long count;

        private void add(Instant from, Instant to) {
            count++;
            union.add(from, to);
        }

        private GapTotals.Sum sum() {
            return new GapTotals.Sum(count, union.length());
        }
    }

    private final Part all = new Part();
    private final Map<GapCategory, Part> byCategory = new EnumMap<>(GapCategory.class);
    private long unreadable;

    /**
     * Counts an entry if it is a gap.
     *
     * @param entry of any kind
     */
    public void add(Entry entry) {
        if (entry instanceof Gap gap) {
            all.add(gap.from(), gap.to());
            byCategory
                    .computeIfAbsent(GapCategory.of(gap.cause()), ignored -> new Part())
                    .add(gap.from(), gap.to());
        } else if (entry.kind() == EntryKind.GAP) {
            unreadable++;
        }
    }

    /**
     * The sums so far.
     *
     * @return a copy
     */
    public GapTotals totals() {
        Map<GapCategory, GapTotals.Sum> sums = new EnumMap<>(GapCategory.class);
        byCategory.forEach((category, part) -> sums.put(category, part.sum()));
        return new GapTotals(all.sum(), sums, unreadable);
    }
}
