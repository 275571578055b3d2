package io.zoomws.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The captured events that come with the simulator, by the names of their files. */
final class Samples {

    private static final String FOLDER = "samples/";

    private final Map<String, Sample> byName = new LinkedHashMap<>();

    private Samples() {}

    static Samples load() {
        Samples samples = new Samples();
        for (String name : read("INDEX").strip().split("\n", -1)) {
            samples.byName.put(
                    name.substring(0, name.length() - ".json".length()),
                    new Sample(read(name).strip()));
        }
        return samples;
    }

    Sample named(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    /** All but the ones named. */
    List<Sample> except(List<String> names) {
        return byName.entrySet().stream()
                .filter(sample -> !names.contains(sample.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Every one, in the order of their names. */
    Collection<Sample> all() {
        return byName.values();
    }

    /** Nobody captured a leave; the documents show it as a join with another name for the time, and a reason. */
    static Sample leave(Sample join) {
        return join.replacing("meeting.participant_joined", "meeting.participant_left")
                .replacing("\"join_time\":", "\"leave_reason\":\"left the meeting\",\"leave_time\":");
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(FOLDER + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
