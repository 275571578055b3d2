package io.zoomws.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The captured events that the simulator's story is told with, one of each type, for tests that need an event rather than a
 * server. All names, addresses, ids and credentials in them are made up.
 */
public final class SampleEvents {

    private static final SortedMap<String, String> BY_TYPE = load();

    private SampleEvents() {}

    /**
     * The types there are.
     *
     * @return in alphabetical order
     */
    public static Set<String> types() {
        return Collections.unmodifiableSet(BY_TYPE.keySet());
    }

    /**
     * An event.
     *
     * @param type such as {@code meeting.started}
     * @return compact JSON, with the key order and number formats that Zoom's producer of this event has; null if there is none
     *     of this type
     */
    public static @Nullable String json(String type) {
        return BY_TYPE.get(type);
    }

    /** Of several events of one type the first counts, which is the plain one. */
    private static SortedMap<String, String> load() {
        SortedMap<String, String> byType = new TreeMap<>();
        Samples samples = Samples.load();
        samples.all().forEach(sample -> byType.putIfAbsent(type(sample.json()), sample.json()));
        String leave =
                Samples.leave(samples.named("meeting.participant_joined")).json();
        byType.put(type(leave), leave);
        return byType;
    }

    private static String type(String json) {
        try {
            return new JsonMapper().readTree(json).path("event").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sample is no JSON", e);
        }
    }
}
