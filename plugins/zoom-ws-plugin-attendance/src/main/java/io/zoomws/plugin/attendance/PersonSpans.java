package io.zoomws.plugin.attendance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From all connections of one person to when that person was there. */
final class PersonSpans {

    private PersonSpans() {}

    /**
     * Spans in order of time that do not touch.
     *
     * @param facts of one person, by time
     * @param meetingEnded null if that is not known
     */
    static List<Span> of(List<Fact> facts, @Nullable Instant meetingEnded) {
        TreeMap<String, List<Fact>> connections = new TreeMap<>();
        for (Fact fact : facts) {
            connections
                    .computeIfAbsent(connection(fact), key -> new ArrayList<>())
                    .add(fact);
        }
        List<Span> spans = connections.values().stream()
                .map(ConnectionSpans::of)
                .flatMap(Collection::stream)
                .sorted(Span.BY_TIME)
                .toList();
        return united(spans.stream()
                .map(span -> span.isOpen() ? ended(span, spans, meetingEnded) : span)
                .toList());
    }

    private static String connection(Fact fact) {
        if (fact.userId() != null) {
            return "user_id:" + fact.userId();
        }
        return fact.device() != null ? "device:" + fact.device() : "person";
    }

    /** A leaving that nobody saw: a device is in one room at a time, and nobody is in a meeting that has ended. */
    private static Span ended(Span open, List<Span> all, @Nullable Instant meetingEnded) {
        for (Span other : all) {
            if (open.device() != null
                    && open.device().equals(other.device())
                    && other.from() != null
                    && other.from().isAfter(open.earliest())) {
                return open.endedAt(other.from());
            }
        }
        return meetingEnded != null ? open.endedAt(meetingEnded) : open;
    }

    private static List<Span> united(List<Span> spans) {
        List<Span> united = new ArrayList<>();
        Span current = null;
        // Ended only now, some may have come to stand in another order.
        for (Span span : spans.stream().sorted(Span.BY_TIME).toList()) {
            if (span.from() == null) {
                continue;
            }
            if (current != null && current.reaches(span)) {
                current = current.and(span);
            } else {
                if (current != null) {
                    united.add(current);
                }
                current = span;
            }
        }
        if (current != null) {
            united.add(current);
        }
        united.addAll(leavingsOnly(spans, united));
        return united.stream().sorted(Span.BY_TIME).toList();
    }

    /** A leaving without its joining counts where nothing else tells that they were there; and once. */
    private static List<Span> leavingsOnly(List<Span> spans, List<Span> known) {
        return spans.stream()
                .filter(span -> span.from() == null)
                .filter(leaving -> known.stream().noneMatch(span -> holds(span, leaving.earliest())))
                .map(leaving -> new Span(null, leaving.to(), false, null))
                .distinct()
                .toList();
    }

    /** Who leaves at the instant at which a span begins was there before it. */
    private static boolean holds(Span span, Instant leaving) {
        return leaving.isAfter(span.earliest()) && (span.to() == null || !leaving.isAfter(span.to()));
    }
}
