package io.zoomws.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.zoomws.server.json.JsonValues;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.ParkedEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Answers {@code /api/v1/parked}: what plugin instances, or replays, failed on, by name, subscription and sequence. Keys are left
 * out: they are a part of what the entry holds.
 */
final class ParkedPages {

    static final List<String> PARAMETERS = List.of("plugin", "from", "limit");

    private static final int STANDARD_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1000;

    private final Subscriptions subscriptions;

    ParkedPages(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Where an entry stands in the list, written as {@code NAME/SUBSCRIPTION/SEQUENCE}. */
    private record Place(String plugin, String subscription, long sequence) implements Comparable<Place> {

        static Place parse(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 3 || !parts[2].matches("[0-9]{1,18}")) {
                throw new ProblemException(Problem.badRequest("from must be what next said"));
            }
            return new Place(parts[0], parts[1], Long.parseLong(parts[2]));
        }

        @Override
        public int compareTo(Place other) {
            int names = plugin.compareTo(other.plugin);
            int both = names == 0 ? subscription.compareTo(other.subscription) : names;
            return both == 0 ? Long.compare(sequence, other.sequence) : both;
        }

        @Override
        public String toString() {
            return plugin + "/" + subscription + "/" + sequence;
        }
    }

    byte[] answer(Context request) {
        Parameters parameters = new Parameters(request);
        Optional<String> plugin = parameters.text("plugin");
        int limit = (int) parameters.number("limit", STANDARD_LIMIT, HIGHEST_LIMIT);
        Place from = parameters.text("from").map(Place::parse).orElse(new Place("", "", 0));
        SortedSet<Place> places = new TreeSet<>();
        for (HttpSources.Subscription subscription : subscriptions.all()) {
            for (String name : subscription.files().parkedNames()) {
                if (plugin.isEmpty() || plugin.get().equals(name)) {
                    new ParkedStore(subscription.files().parked(name))
                            .sequences()
                            .forEach(sequence -> places.add(new Place(name, subscription.name(), sequence)));
                }
            }
        }
        SortedSet<Place> rest = places.tailSet(from);
        List<Place> page = rest.stream().limit(limit).toList();
        return json(page, rest.stream().skip(limit).findFirst());
    }

    private byte[] json(List<Place> page, Optional<Place> next) {
        Map<Path, SortedSet<Long>> requested = new HashMap<>(); // each folder is looked into once
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("parked");
            for (Place place : page) {
                ParkedStore store = store(place);
                SortedSet<Long> asked = requested.computeIfAbsent(store.folder(), folder -> store.requested());
                write(out, place, store.about(place.sequence()), asked.contains(place.sequence()));
            }
            out.writeEndArray();
            out.writeStringField("next", next.map(Place::toString).orElse(null));
            out.writeEndObject();
        });
    }

    private ParkedStore store(Place place) {
        return new ParkedStore(
                subscriptions.choose(Optional.of(place.subscription())).files().parked(place.plugin()));
    }

    /** One that has been delivered meanwhile is left out. */
    private static void write(JsonGenerator out, Place place, Optional<ParkedEntry> about, boolean redrive)
            throws IOException {
        if (about.isEmpty()) {
            return;
        }
        ParkedEntry entry = about.get();
        out.writeStartObject();
        out.writeStringField("plugin", place.plugin());
        out.writeStringField("subscription", place.subscription());
        out.writeNumberField("sequence", entry.sequence());
        out.writeStringField("event", entry.event());
        out.writeStringField("parkedAt", JsonValues.time(entry.parkedAt()));
        out.writeNumberField("attempts", entry.attempts());
        out.writeBooleanField("redrive", redrive);
        out.writeStringField("problem", entry.error());
        out.writeEndObject();
    }
}
