package io.zoomws.server.delivery;

import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a replay is, so that one that was interrupted can go on. Where it stands, its cursor says.
 *
 * @param name of the replay and of its cursor
 * @param instance whose settings it has, or a plugin that is not configured
 * @param plugin name of the plugin
 * @param from sequence of the first entry of the range
 * @param to sequence before which the range ends
 * @param events globs of the events; empty: all
 * @param accounts ids of the accounts; empty: all
 * @param speed how fast
 * @param startedAt when it was started first
 * @param ownBefore the position that a handler with its own one had stored under this name before the replay began, 0 for none;
 *     empty: it has not told yet, and so nothing was delivered yet
 * @param done what was done up to the last time this was saved
 */
public record ReplayRecord(
        String name,
        String instance,
        String plugin,
        long from,
        long to,
        List<String> events,
        List<String> accounts,
        Speed speed,
        Instant startedAt,
        OptionalLong ownBefore,
        Done done) {

    private static final long VERSION = 1;

    /**
     * What a replay has done, earlier runs of it included.
     *
     * @param handled events whose handling returned
     * @param gaps gaps whose handling returned
     * @param parked entries given up after retries
     */
    public record Done(long handled, long gaps, long parked) {
        /** Nothing yet. */
        public static final Done NOTHING = new Done(0, 0, 0);

        Done plus(Counts counts) {
            return new Done(handled + counts.handled.get(), gaps + counts.gaps.get(), parked + counts.parked.get());
        }
    }

    /** Takes copies of the lists. */
    public ReplayRecord {
        events = List.copyOf(events);
        accounts = List.copyOf(accounts);
    }

    /**
     * Which events it is about.
     *
     * @return the choice
     */
    public EventChoice choice() {
        return new EventChoice(EventFilter.of(events), new LinkedHashSet<>(accounts));
    }

    /**
     * The same at another speed.
     *
     * @param other from now on
     * @return a copy
     */
    public ReplayRecord at(Speed other) {
        return new ReplayRecord(name, instance, plugin, from, to, events, accounts, other, startedAt, ownBefore, done);
    }

    ReplayRecord with(Done now) {
        return new ReplayRecord(name, instance, plugin, from, to, events, accounts, speed, startedAt, ownBefore, now);
    }

    ReplayRecord withOwnBefore(long position) {
        return new ReplayRecord(
                name, instance, plugin, from, to, events, accounts, speed, startedAt, OptionalLong.of(position), done);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", VERSION);
        fields.put("instance", instance);
        fields.put("plugin", plugin);
        fields.put("from", from);
        fields.put("to", to);
        fields.put("events", events);
        fields.put("accounts", accounts);
        fields.put("speed", speed.toString());
        fields.put("startedAt", startedAt.toString());
        ownBefore.ifPresent(position -> fields.put("ownBefore", position));
        fields.put("handled", done.handled());
        fields.put("gaps", done.gaps());
        fields.put("parked", done.parked());
        return fields;
    }

    /** Reads it; empty if there is none. */
    static Optional<ReplayRecord> read(String name, JsonNote note) {
        return note.read().map(fields -> of(name, fields, note.file()));
    }

    @SuppressWarnings("unchecked") // a list of a note is one of texts
    private static ReplayRecord of(String name, Map<String, Object> fields, Path file) {
        try {
            if (number(fields, "version") != VERSION) {
                throw new IllegalArgumentException("it is of version " + fields.get("version"));
            }
            return new ReplayRecord(
                    name,
                    text(fields, "instance"),
                    text(fields, "plugin"),
                    number(fields, "from"),
                    number(fields, "to"),
                    (List<String>) fields.getOrDefault("events", List.of()),
                    (List<String>) fields.getOrDefault("accounts", List.of()),
                    Speed.parse(text(fields, "speed")),
                    Instant.parse(text(fields, "startedAt")),
                    fields.containsKey("ownBefore")
                            ? OptionalLong.of(number(fields, "ownBefore"))
                            : OptionalLong.empty(),
                    new Done(number(fields, "handled"), number(fields, "gaps"), number(fields, "parked")));
        } catch (IllegalArgumentException | ClassCastException | DateTimeParseException e) {
            throw new JournalException("The record " + file + " of a replay is damaged: " + e.getMessage(), e);
        }
    }

    private static long number(Map<String, Object> fields, String key) {
        if (fields.get(key) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("its " + key + " is no number");
    }

    private static String text(Map<String, Object> fields, String key) {
        if (fields.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("its " + key + " is no text");
    }
}
