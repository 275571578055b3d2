package io.zoomws.journal;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.ZoomEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which entries a tailer gives. As far as that can be told it is told from the index, so that the others are not read. One
 * thread at a time.
 */
final class Choice {

    private final Set<EntryKind> kinds;
    private final EventFilter events;

    /** Of the segment that is read: which of the numbers of {@link EventTypes} are wanted, as far as events were read. */
    private final Map<Integer, Boolean> known = new HashMap<>();

    Choice(Set<EntryKind> kinds, EventFilter events) {
        this.kinds = kinds.isEmpty() ? EnumSet.noneOf(EntryKind.class) : EnumSet.copyOf(kinds);
        this.events = events;
    }

    static Choice all() {
        return new Choice(EnumSet.allOf(EntryKind.class), EventFilter.all());
    }

    boolean isAll() {
        return kinds.size() == EntryKind.values().length && isAllEvents();
    }

    private boolean isAllEvents() {
        return events == EventFilter.all();
    }

    /** Numbers of types mean something else in each segment. */
    void beginSegment() {
        known.clear();
    }

    /** Whether a segment may hold what is wanted. */
    boolean mayBeIn(SegmentContents contents) {
        return contents.mayHold(kinds, events);
    }

    /** Whether an entry may be wanted, as its record tells. */
    boolean mayWant(IndexRecord record) {
        return kinds.contains(record.entryKind())
                && (record.entryKind() != EntryKind.EVENT || known.getOrDefault(record.type(), true));
    }

    /**
     * Whether an entry that was read is wanted. One that is damaged is: nobody can tell what it was.
     *
     * @param type what its record says
     */
    boolean wants(Entry entry, int type) {
        if (isAllEvents() || !(entry instanceof ZoomEvent event) || known.getOrDefault(type, false)) {
            return true;
        }
        boolean wanted = events.matches(event.type());
        if (type != EventTypes.UNKNOWN) {
            known.put(type, wanted);
        }
        return wanted;
    }
}
