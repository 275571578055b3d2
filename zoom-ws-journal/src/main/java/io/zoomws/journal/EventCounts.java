package io.zoomws.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events by family, the first word of their type. What Zoom may call an event is not bounded, so the families are fixed:
 * no name that came over the wire becomes a key. Counted by the indexer, which has read the type anyway; asked by any thread.
 */
final class EventCounts {

    /** Takes what belongs to none of them. */
    static final String OTHER = "other";

    /** The families of Zoom's event pages as of June 2026; types without a dot, of which there are seven, are in none. */
    private static final List<String> FAMILIES = List.of(
            "account",
            "app",
            "calendar",
            "chat_channel",
            "chat_message",
            "clinical_notes",
            "cobrowse",
            "contact_center",
            "endpoint",
            "group",
            "information_barriers",
            "mail",
            "meeting",
            "my_notes",
            "node",
            "number_management",
            "phone",
            "quality_management",
            "recording",
            "revenue_accelerator",
            "rtms",
            "scheduler",
            "session",
            "team_chat",
            "user",
            "video_management",
            "visitor_management",
            "webinar",
            "whiteboard",
            "workspace",
            "zoom_events",
            "zoomroom",
            OTHER);

    private final Map<String, LongAdder> byFamily = new LinkedHashMap<>(); // filled here, and only read from then on
    private final LongAdder other = new LongAdder();
    private final LongAdder duplicates = new LongAdder();

    EventCounts() {
        FAMILIES.forEach(family -> byFamily.put(family, family.equals(OTHER) ? other : new LongAdder()));
    }

    void count(String type, boolean duplicate) {
        int dot = type.indexOf('.');
        String family = dot < 0 ? "" : type.substring(0, dot);
        byFamily.getOrDefault(family, other).increment();
        if (duplicate) {
            duplicates.increment();
        }
    }

    /** So far; every family is there. */
    JournalStatus.Events now() {
        Map<String, Long> counts = new LinkedHashMap<>();
        byFamily.forEach((family, count) -> counts.put(family, count.sum()));
        return new JournalStatus.Events(counts, duplicates.sum());
    }
}
