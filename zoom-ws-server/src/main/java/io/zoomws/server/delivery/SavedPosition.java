package io.zoomws.server.delivery;

import io.zoomws.journal.LostPositionException;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one instance goes on. A position that cannot be used is answered as configured, and never without a word: either with an
 * exception that says what is wrong and which command mends it, or with a line in the log that names what is skipped.
 */
final class SavedPosition {

    private static final Logger log = LoggerFactory.getLogger(SavedPosition.class);

    /** What is known of where to go on: the words for it, and how it is put right. */
    private record Kept(String name, String remedy) {}

    private final PluginInstance.Definition definition;
    private final JournalReader reader;

    SavedPosition(PluginInstance.Definition definition, JournalReader reader) {
        this.definition = definition;
        this.reader = reader;
    }

    /**
     * Takes hold of the cursor; one whose position is lost is set first, if that is wanted.
     *
     * @throws JournalException if it is held by another or cannot be used
     */
    Cursor open(Cursors cursors, ObjLongConsumer<String> setter) {
        try {
            return cursors.open(definition.name());
        } catch (LostPositionException e) {
            if (definition.onLostPosition() == LostPosition.STOP) {
                throw e;
            }
            long position = reader.resolve(definition.onLostPosition().position());
            log.warn(
                    "plugin instance {}: its saved position is lost or damaged, and on-lost-position is {}: it begins at sequence"
                            + " {}; {}",
                    definition.name(),
                    definition.onLostPosition(),
                    position,
                    definition.onLostPosition() == LostPosition.LATEST
                            ? range(reader.resolve(Position.EARLIEST), position)
                                    + " are SKIPPED, delivered before or not"
                            : "what was delivered before is delivered again");
            setter.accept(definition.name(), position);
            return cursors.open(definition.name());
        }
    }

    /**
     * Where to begin. It is saved at once where that is new, so that whatever is journaled from now on will be delivered.
     *
     * @throws PluginException if the position cannot be used
     */
    long begin(Cursor cursor) throws PluginException {
        if (cursor.position().isEmpty()) {
            long start = start();
            cursor.save(start);
            return start;
        }
        long saved = cursor.position().getAsLong();
        long position = ahead(present(saved), cursor());
        if (position != saved) {
            cursor.save(position);
        }
        return position;
    }

    /**
     * Where to begin with a handler that keeps its position itself, whatever the cursor says, which follows at once.
     *
     * @param own what it said
     * @param settled up to where nothing is left for it, see {@link SettledNote}: there it begins
     * @throws PluginException if the position cannot be used
     */
    long begin(Cursor cursor, long own, long settled) throws PluginException {
        Kept kept = new Kept(
                settled == own ? "its own position" : "its own position, with what was settled since,",
                "Put it right where the plugin stores it, or set on-lost-position, and start the instance again; nothing is"
                        + " guessed");
        long position = ahead(present(settled, kept), kept);
        OptionalLong saved = cursor.position();
        if (saved.isEmpty() || saved.getAsLong() != position) {
            log.info(
                    "plugin instance {} keeps its position itself and begins at sequence {}, not at {}",
                    definition.name(),
                    position,
                    saved.isPresent() ? saved.getAsLong() : "its start");
            cursor.save(position);
        }
        return position;
    }

    private long start() {
        long start = reader.resolve(definition.start());
        long latest = reader.resolve(Position.LATEST);
        if (start > latest) {
            throw new JournalException("its start is sequence " + start + ", but the journal of "
                    + reader.subscription() + " ends at " + (latest - 1)
                    + ": use latest to begin with what comes");
        }
        long earliest = reader.resolve(Position.EARLIEST);
        if (start < earliest) {
            log.warn(
                    "plugin instance {}: its start is sequence {}, and the oldest entry is {}: it begins there",
                    definition.name(),
                    start,
                    earliest);
        }
        return Math.max(start, earliest);
    }

    /**
     * The position itself, if the journal still has what stands there; else what is configured.
     *
     * @throws PluginException if that is to stop
     */
    long present(long position) throws PluginException {
        return present(position, cursor());
    }

    private long present(long position, Kept kept) throws PluginException {
        long earliest = reader.resolve(Position.EARLIEST);
        if (position >= earliest) {
            return position;
        }
        if (definition.onLostPosition() == LostPosition.STOP) {
            throw new PluginException(kept.name() + " stands at sequence " + position
                    + ", and the oldest entry of " + reader.subscription() + " is " + earliest + ": "
                    + range(position, earliest) + " were removed before they were delivered. " + kept.remedy());
        }
        long next = reader.resolve(definition.onLostPosition().position());
        log.warn(
                "plugin instance {}: the oldest entry is {}, and on-lost-position is {}: {} were NOT delivered; it goes on at {}",
                definition.name(),
                earliest,
                definition.onLostPosition(),
                range(position, next),
                next);
        return next;
    }

    /** Whatever came until the journal got to a position behind its end would be skipped without a word. */
    private long ahead(long position, Kept kept) throws PluginException {
        long latest = reader.resolve(Position.LATEST);
        if (position <= latest) {
            return position;
        }
        if (definition.onLostPosition() == LostPosition.STOP) {
            throw new PluginException(kept.name() + " stands at sequence " + position
                    + ", but the journal of " + reader.subscription() + " ends at " + (latest - 1)
                    + ": it was saved for another journal, and what comes next would be skipped. Restore that journal; or: "
                    + kept.remedy());
        }
        long next = reader.resolve(definition.onLostPosition().position());
        log.warn(
                "plugin instance {}: {} stands at sequence {}, behind the end of the journal at {}, and on-lost-position is {}: it"
                        + " goes on at {}; {}",
                definition.name(),
                kept.name(),
                position,
                latest - 1,
                definition.onLostPosition(),
                next,
                definition.onLostPosition() == LostPosition.LATEST
                        ? range(reader.resolve(Position.EARLIEST), next) + " are SKIPPED, delivered before or not"
                        : "what was delivered before is delivered again");
        return next;
    }

    private Kept cursor() {
        return new Kept(
                "its cursor " + definition.name(),
                "Set it with 'zoom-ws cursors set " + definition.name()
                        + " P' (earliest, latest, a sequence number or a time), then 'zoom-ws plugins start "
                        + definition.name() + "', or start the server; nothing is guessed");
    }

    private static String range(long from, long end) {
        return from >= end ? "no entries" : "sequences " + from + " to " + (end - 1);
    }

    /** Whether retention has removed what stands there. */
    boolean isOvertaken(long position) {
        try {
            return position < reader.resolve(Position.EARLIEST);
        } catch (JournalException unreadable) {
            return false; // as whoever asks has found out before
        }
    }

    /** Says that a position cannot be saved now; it is tried again. */
    void logUnsaved(JournalException e) {
        log.error(
                "the position of plugin instance {} cannot be saved: {}; delivery goes on, and what is delivered meanwhile"
                        + " would be delivered again after a crash",
                definition.name(),
                e.getMessage());
    }
}
