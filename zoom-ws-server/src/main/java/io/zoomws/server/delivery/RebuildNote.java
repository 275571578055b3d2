package io.zoomws.server.delivery;

import io.zoomws.spi.JournalException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered on disk of the last rebuild of an instance, in {@code rebuilds/<instance>.json}: how far it is, so that a crash
 * in between does not leave a half-built model that looks whole; and then what became of it, for whoever asked for it.
 */
public final class RebuildNote {

    private static final long VERSION = 1;

    /** How far a rebuild is. Each is on disk before what it says is begun. */
    public enum Phase {
        /** It was asked for. The handler knows everything that it knew. */
        ASKED,
        /** The handler may have forgotten, wholly or in part: it must forget once more before anything else. */
        RESETTING,
        /** The handler has forgotten, and the cursor says how much it has been handed since. */
        REPLAYING,
        /** The handler was handed everything, and went on live. */
        DONE,
        /** It was given up before the handler forgot anything. */
        GIVEN_UP
    }

    /**
     * A rebuild.
     *
     * @param from sequence of the first entry that is delivered again
     * @param to sequence before which entries are delivered as a replay; from there on they are live
     * @param phase how far it is
     * @param startedAt when it was asked for
     */
    public record Plan(long from, long to, Phase phase, Instant startedAt) {

        /**
         * Whether it is still to be done.
         *
         * @return false if it was done or given up
         */
        public boolean isPending() {
            return phase != Phase.DONE && phase != Phase.GIVEN_UP;
        }

        /**
         * Whether the handler may have forgotten something and not been handed it again: it must not go live as it is.
         *
         * @return true from the reset until all is delivered
         */
        public boolean isHalfDone() {
            return phase == Phase.RESETTING || phase == Phase.REPLAYING;
        }

        Plan in(Phase next) {
            return new Plan(from, to, next, startedAt);
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
     * The last rebuild, whatever has become of it.
     *
     * @return empty if there never was one
     * @throws JournalException if that cannot be read
     */
    public Optional<Plan> read() {
        return note.read().map(this::plan);
    }

    /**
     * The rebuild that is under way or due.
     *
     * @return empty if there is none
     * @throws JournalException if that cannot be read
     */
    public Optional<Plan> pending() {
        return read().filter(Plan::isPending);
    }

    private Plan plan(Map<String, Object> fields) {
        try {
            if (fields.get("from") instanceof Long from
                    && fields.get("to") instanceof Long to
                    && fields.get("phase") instanceof String phase
                    && fields.get("startedAt") instanceof String startedAt
                    && Long.valueOf(VERSION).equals(fields.get("version"))) {
                return new Plan(from, to, Phase.valueOf(phase.toUpperCase(Locale.ROOT)), Instant.parse(startedAt));
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
     * Remembers a rebuild. One that is pending goes on when the instance is started next.
     *
     * @param plan what is to be done
     * @throws JournalException if that cannot be written
     */
    public void write(Plan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", VERSION);
        fields.put("from", plan.from());
        fields.put("to", plan.to());
        fields.put("phase", plan.phase().name().toLowerCase(Locale.ROOT));
        fields.put("startedAt", plan.startedAt().toString());
        note.write(fields);
    }
}
