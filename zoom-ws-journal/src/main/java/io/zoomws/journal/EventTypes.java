package io.zoomws.journal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The types of the events of one segment, and the numbers that stand for them in its index: within a segment a number other
 * than 0 stands for one type only. So whoever has read one event knows the type of all with that number, and needs no list of
 * types to be whole. One thread at a time.
 *
 * <p>A type that is told by 0, so that its events must be read: one that is very long, one too many, or one whose number
 * another type has already.
 */
final class EventTypes {

    /** Tells nothing: also of an entry that is no event, and in an index of version 1. */
    static final int UNKNOWN = 0;

    /** Zoom has some hundred. */
    private static final int MOST = 1_000;

    private static final int LONGEST = 200;

    private final Map<Integer, String> byNumber = new HashMap<>();

    /** The number of a type, the same in every derivation unless one of the limits is met. */
    int numberOf(String type) {
        int number = type.hashCode();
        if (number == UNKNOWN || type.length() > LONGEST) {
            return UNKNOWN;
        }
        String holder = byNumber.get(number);
        if (holder == null && byNumber.size() < MOST) {
            byNumber.put(number, type);
            return number;
        }
        return type.equals(holder) ? number : UNKNOWN;
    }

    /** Whether a record with this number may be kept: its type is known, or told by reading. */
    boolean knows(int number) {
        return number == UNKNOWN || byNumber.containsKey(number);
    }

    Collection<String> names() {
        return byNumber.values();
    }
}
