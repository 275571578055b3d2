package io.zoomws.server.delivery;

import io.zoomws.spi.JournalException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered on disk of an instance that is rebuilt, in {@code rebuilds/<instance>.json}, from when it is asked for until
 * it has caught up: so that a crash in between does not leave a half-built model that looks whole.
 */
public final class RebuildNote {

    private static final long VERSION = 1;

    /**
     * A rebuild that is under way.
     *
     * @param from sequence of the first entry that is delivered again
     * @param to sequence before which entries are delivered as a replay; from there on they are live
     * @param reset whether the handler has forgotten what it had derived
     * @param startedAt when it was asked for
     */
    public record Plan(long from, long to, boolean reset, Instant startedAt) {
        Plan afterReset() {
            return new Plan(from, to, true, startedAt);
        }
    }

    private final JsonNote note;

    private RebuildNote(JsonNote note) {
        this.note = note;
    }

    /**
     * That of one instance.
     *
     * @param files of the subscription
     * @param instance its name
     * @return nothing is made or read yet
     */
    public static RebuildNote of(InstanceFiles files, String instance) {
        return new RebuildNote(
                new JsonNote(files.subscription().resolve("rebuilds").resolve(instance + ".json")));
    }

    /**
     * The rebuild that is under way.
     *
     * @return empty if there is none
     * @throws JournalException if that cannot be read
     */
    public Optional<Plan> read() {
        return note.read().map(this::plan);
    }

    private Plan plan(Map<String, Object> fields) {
        try {
            if (fields.get("from") instanceof Long from
                    && fields.get("to") instanceof Long to
                    && fields.get("reset") instanceof Boolean reset
                    && fields.get("startedAt") instanceof String startedAt
                    && Long.valueOf(VERSION).equals(fields.get("version"))) {
                return new Plan(from, to, reset, Instant.parse(startedAt));
            }
            throw new IllegalArgumentException("it lacks a field, or is of another version");
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new JournalException(
                    "The note " + note.file() + " of a rebuild is damaged (" + e.getMessage()
                            + "): remove it, and rebuild the instance",
                    e);
        }
    }

    /**
     * Remembers a rebuild. It begins when the instance is started next.
     *
     * @param plan what is to be done
     * @throws JournalException if that cannot be written
     */
    public void write(Plan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", VERSION);
        fields.put("from", plan.from());
        fields.put("to", plan.to());
        fields.put("reset", plan.reset());
        fields.put("startedAt", plan.startedAt().toString());
        note.write(fields);
    }

    void delete() {
        note.delete();
    }
}
