package io.zoomws.plugin.attendance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the joinings and leavings of one connection say. Zoom numbers each connection anew, so that there should be one of each;
 * but one may be missing or repeated, and where there is no number all connections of a person look like one.
 */
final class ConnectionSpans {

    private final List<Span> spans = new ArrayList<>();
    private @Nullable Fact open;

    private ConnectionSpans() {}

    /** Spans in order of time. */
    static List<Span> of(List<Fact> facts) {
        SortedMap<Instant, List<Fact>> instants = new TreeMap<>();
        facts.forEach(fact ->
                instants.computeIfAbsent(fact.at(), at -> new ArrayList<>()).add(fact));
        ConnectionSpans connection = new ConnectionSpans();
        instants.values().forEach(connection::at);
        return connection.end();
    }

    /** All that happened at one instant; what happens twice in it happens once. */
    private void at(List<Fact> facts) {
        Fact join = first(facts, Fact.Kind.JOINED);
        Fact leave = first(facts, Fact.Kind.LEFT);
        if (open == null && join != null) {
            open = join;
            join = null;
        }
        if (leave != null) {
            // Without a joining before it: they were there, nobody knows since when.
            spans.add(new Span(open == null ? null : open.at(), leave.at(), false, leave.device()));
            open = join;
        }
        // A joining while they are there already says nothing new.
    }

    private List<Span> end() {
        if (open != null) {
            spans.add(new Span(open.at(), null, false, open.device()));
        }
        return spans;
    }

    private static @Nullable Fact first(List<Fact> facts, Fact.Kind kind) {
        for (Fact fact : facts) {
            if (fact.kind() == kind) {
                return fact;
            }
        }
        return null;
    }
}
