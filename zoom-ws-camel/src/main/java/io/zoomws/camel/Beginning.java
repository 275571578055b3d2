package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where a consumer begins. A position that cannot be used is answered as the option {@code onLostPosition} says, and
 * never without a word: with an exception that says what is wrong, or with a line in the log that names what is skipped.
 */
final class Beginning {

    private static final Logger log = LoggerFactory.getLogger(Beginning.class);

    /** A cursor, and whether its position was lost and is set anew. */
    private record Opened(Cursor cursor, boolean lost) {}

    private final Plan plan;
    private final JournalReader reader;
    private final @Nullable Cursors cursors;

    Beginning(Plan plan, JournalReader reader, @Nullable Cursors cursors) {
        this.plan = plan;
        this.reader = reader;
        this.cursors = cursors;
    }

    /**
     * Takes hold of the cursor, if there is to be one, and says where to begin.
     *
     * @throws CursorHeld if the cursor cannot be had now
     * @throws JournalException if its position cannot be used, or the journal cannot be read
     * @throws IllegalArgumentException if an option is wrong; the message names it
     */
    Start begin() {
        String name = plan.cursor();
        if (name == null) {
            return new Start(null, first(), Repeats.none());
        }
        Opened opened = open(name);
        Cursor cursor = opened.cursor();
        boolean begun = false;
        try {
            Start start = begin(cursor, opened.lost());
            begun = true;
            return start;
        } finally {
            if (!begun) {
                cursor.close();
            }
        }
    }

    private Opened open(String name) {
        if (cursors == null) {
            throw Plan.wrong(
                    plan.name(),
                    "cursor",
                    name,
                    "the registry holds no cursors for this subscription: bind a Cursors as "
                            + JournalAccess.CURSORS_BEAN + plan.subscription());
        }
        try {
            return new Opened(cursors.open(name), false);
        } catch (IllegalArgumentException e) {
            throw Plan.wrong(
                    plan.name(),
                    "cursor",
                    name,
                    "use letters, digits, dot, hyphen and underscore, beginning with a letter or digit, at most 100");
        } catch (JournalException e) {
            String message = about(name) + ": " + e.getMessage();
            if (!LostCursor.isLost(e)) {
                throw new CursorHeld(message, e);
            }
            if (plan.onLostPosition() == LostPosition.STOP) {
                throw new JournalException(message, e);
            }
            long next = reader.resolve(plan.onLostPosition().position());
            return new Opened(LostCursor.anew(cursors, name, next), true);
        }
    }

    private Start begin(Cursor cursor, boolean lost) {
        if (cursor.position().isEmpty()) {
            long first = first();
            // At once: "latest" must mean the same after a crash before the first event.
            cursor.saveAtRest(first);
            return new Start(cursor, first, Repeats.none());
        }
        long saved = cursor.position().getAsLong();
        long latest = reader.resolve(Position.LATEST);
        if (lost) {
            warn(cursor, "is lost or damaged", saved);
            return new Start(cursor, saved, Repeats.before(latest));
        }
        if (saved > latest) {
            return future(cursor, saved, latest);
        }
        long oldest = reader.resolve(Position.EARLIEST);
        if (saved < oldest) {
            return removed(cursor, saved, oldest);
        }
        return new Start(cursor, saved, cursor.isAtRest() ? Repeats.none() : Repeats.fromPosition());
    }

    /** Where a consumer begins that has no position yet. */
    private long first() {
        long first = reader.resolve(plan.from());
        long latest = reader.resolve(Position.LATEST);
        if (plan.cursor() != null && first > latest) {
            throw Plan.wrong(
                    plan.name(),
                    "from",
                    plan.from(),
                    "the journal ends at " + (latest - 1) + "; use latest to begin with what comes");
        }
        long oldest = reader.resolve(Position.EARLIEST);
        if (first < oldest) {
            log.warn("{}: from={}, and the oldest entry is {}: it begins there", plan.logName(), plan.from(), oldest);
        }
        return Math.max(first, oldest);
    }

    /** A position behind the end of the journal would skip, without a word, whatever comes until the journal gets there. */
    private Start future(Cursor cursor, long saved, long latest) {
        if (plan.onLostPosition() == LostPosition.STOP) {
            throw new JournalException(about(cursor.name()) + " stands at sequence " + saved
                    + ", but the journal ends at " + (latest - 1)
                    + ": it was saved for another journal, and what comes next would be skipped. Restore that journal, or delete"
                    + " the cursor, or use one of another name, or set onLostPosition");
        }
        long next = reader.resolve(plan.onLostPosition().position());
        warn(cursor, "stands at sequence " + saved + ", behind the end of the journal at " + (latest - 1), next);
        cursor.save(next);
        return new Start(cursor, next, Repeats.before(latest));
    }

    /** Retention did not wait. */
    private Start removed(Cursor cursor, long saved, long oldest) {
        if (plan.onLostPosition() == LostPosition.STOP) {
            throw new JournalException(about(cursor.name()) + " stands at sequence " + saved
                    + ", and the oldest entry is " + oldest + ": sequences " + saved + " to " + (oldest - 1)
                    + " were removed before they were delivered. Set or delete the cursor, or set onLostPosition");
        }
        long next = reader.resolve(plan.onLostPosition().position());
        Repeats repeats = cursor.isAtRest() || plan.onLostPosition() == LostPosition.LATEST
                ? Repeats.none()
                : Repeats.fromPosition();
        log.warn(
                "{}: cursor={}: the oldest entry is {}, and onLostPosition is {}: sequences {} to {} were NOT delivered; it goes"
                        + " on at {}",
                plan.logName(),
                cursor.name(),
                oldest,
                plan.onLostPosition(),
                saved,
                next - 1,
                next);
        cursor.save(next);
        return new Start(cursor, next, repeats);
    }

    private void warn(Cursor cursor, String what, long next) {
        log.warn(
                "{}: cursor={} {}, and onLostPosition is {}: it goes on at {}; {}",
                plan.logName(),
                cursor.name(),
                what,
                plan.onLostPosition(),
                next,
                plan.onLostPosition() == LostPosition.LATEST
                        ? "what is before is SKIPPED, delivered or not"
                        : "what was delivered before is delivered again");
    }

    private String about(String cursor) {
        return plan.name() + ": cursor=" + cursor;
    }
}
