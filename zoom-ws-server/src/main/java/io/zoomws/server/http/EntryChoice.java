package io.zoomws.server.http;

import io.zoomws.server.access.Role;
import io.zoomws.server.json.EntryJson;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which entries are wanted, and how much of them is shown.
 *
 * @param kinds wanted
 * @param events wanted, if events are
 * @param shown verbatim for who may operate and asks for it
 */
record EntryChoice(Set<EntryKind> kinds, EventFilter events, EntryJson shown) {

    private static final String EVENT = "event";
    private static final String KIND = "kind";
    private static final String CONTENT = "content";

    /** The parameters that {@link #of} reads. */
    static final List<String> PARAMETERS = List.of(EVENT, KIND, CONTENT);

    /** As with {@code journal cat}, asking for some events leaves out everything else, unless that is asked for too. */
    static EntryChoice of(Parameters parameters, Caller caller) {
        EventFilter events = parameters.events(EVENT);
        Set<EntryKind> kinds = parameters.kinds(KIND);
        if (kinds.isEmpty()) {
            kinds = events == EventFilter.all() ? EnumSet.allOf(EntryKind.class) : EnumSet.of(EntryKind.EVENT);
        }
        boolean verbatim = parameters.flag(CONTENT) && caller.may(Role.OPERATE);
        return new EntryChoice(kinds, events, verbatim ? EntryJson.VERBATIM : EntryJson.REDACTED);
    }

    /** Begins to read; entries that are not wanted may come all the same, see {@link #wants}. */
    Tailer tail(JournalReader reader, long from) {
        return reader.tail(from, kinds, events);
    }

    boolean wants(Entry entry) {
        return kinds.contains(entry.kind()) && (!(entry instanceof ZoomEvent event) || events.matches(event.type()));
    }

    /** An entry as one line of JSON. */
    String json(Entry entry) {
        return new String(Json.bytes(out -> shown.write(out, entry)), StandardCharsets.UTF_8);
    }
}
