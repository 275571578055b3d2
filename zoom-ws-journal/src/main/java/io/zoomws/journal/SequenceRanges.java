package io.zoomws.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of sequences, held as ranges that neither overlap nor touch. One thread at a time. */
final class SequenceRanges {

    /** First to last. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    void add(long from, long to) {
        long first = from;
        long last = to;
        for (Map.Entry<Long, Long> near = ranges.floorEntry(last + 1);
                near != null && near.getValue() >= first - 1;
                near = ranges.floorEntry(last + 1)) {
            first = Math.min(first, near.getKey());
            last = Math.max(last, near.getValue());
            ranges.remove(near.getKey());
        }
        ranges.put(first, last);
    }

    /** What of a range is not in this set. */
    List<SequenceRange> missing(long from, long to) {
        List<SequenceRange> missing = new ArrayList<>();
        long next = from;
        while (next <= to) {
            Map.Entry<Long, Long> before = ranges.floorEntry(next);
            if (before != null && before.getValue() >= next) {
                next = before.getValue() + 1;
            } else {
                Long behind = ranges.higherKey(next);
                long end = behind == null ? to : Math.min(to, behind - 1);
                missing.add(new SequenceRange(next, end));
                next = end + 1;
            }
        }
        return missing;
    }

    List<SequenceRange> toList() {
        List<SequenceRange> list = new ArrayList<>();
        ranges.forEach((from, to) -> list.add(new SequenceRange(from, to)));
        return List.copyOf(list);
    }
}
