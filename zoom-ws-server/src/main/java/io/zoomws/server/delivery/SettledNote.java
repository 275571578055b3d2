package io.zoomws.server.delivery;

import io.zoomws.spi.JournalException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers of a handler that keeps its position itself: once that position was such, everything before another one was settled.
 *
 * <p>A handler's own position moves only with what it handles, and stays behind at what is filtered out, parked or discarded.
 * One that comes back with the very position that is remembered has missed nothing up to what was settled then, and goes on there:
 * so retention does not overtake it because few events concern it, and what was discarded does not come again. Any other
 * position, as after a crash or when its store was set back, decides alone.
 *
 * <p>It is in {@code own-positions/<instance>.json}: both in one file, as they are true only together. It is written when
 * something was parked, at the end, and otherwise once a minute; one that is older tells less, and is as true. Confined to the
 * instance's thread.
 */
final class SettledNote {

    static final Duration AGE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(SettledNote.class);

    private static final long VERSION = 1;

    private final String instance;
    private final JsonNote note;
    private final FencedCursor cursor;
    private final Counts counts;
    private final LongSupplier nanoTime;
    private boolean keepsPosition;
    private long own;
    private long position;
    private long written;
    private long parkedBefore;
    private long triedNanos;
    private boolean failing;

    /**
     * Nothing is read yet.
     *
     * @param cursor without which nothing is written any more
     * @param counts of what is delivered
     */
    SettledNote(InstanceFiles files, String instance, FencedCursor cursor, Counts counts, LongSupplier nanoTime) {
        this.instance = instance;
        this.note = new JsonNote(files.subscription().resolve("own-positions").resolve(instance + ".json"));
        this.cursor = cursor;
        this.counts = counts;
        this.nanoTime = nanoTime;
        this.triedNanos = nanoTime.getAsLong();
    }

    /**
     * Begins with a handler that keeps its position. What is remembered of another position is forgotten, lest that is passed
     * once more, with other events behind it.
     *
     * @param told its position; empty: none is stored
     * @param anew whether nothing remembered counts, since everything is derived again
     * @return up to where everything is settled, as far as that is known: at least its position
     * @throws JournalException if that cannot be forgotten
     */
    long begin(OptionalLong told, boolean anew) {
        keepsPosition = true;
        own = told.orElse(0);
        OptionalLong settled = anew || told.isEmpty() ? OptionalLong.empty() : remembered();
        if (settled.isPresent()) {
            written = settled.getAsLong();
            position = written;
            return Math.max(own, written);
        }
        note.delete();
        return own;
    }

    /** Notices how far a delivery comes, once that was told to another. */
    Progress following(Progress first) {
        return new Progress() {
            @Override
            public void passed(long next) {
                first.passed(next);
                position = next;
                look();
            }

            @Override
            public void idle() {
                first.idle();
                look();
            }
        };
    }

    /** The delivery has ended. */
    void end() {
        if (position != written) {
            write();
        }
    }

    private void look() {
        boolean parked = counts.parked.get() > parkedBefore;
        if (position != written && (parked || nanoTime.getAsLong() - triedNanos >= AGE.toNanos())) {
            write();
        }
    }

    /** Between two events: then its position is that of the last one it handled. */
    private void write() {
        long now = Math.max(own, counts.behindHandled.get());
        if (!keepsPosition || now == 0) {
            return;
        }
        triedNanos = nanoTime.getAsLong();
        parkedBefore = counts.parked.get();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", VERSION);
        fields.put("own", now);
        fields.put("settled", position);
        try {
            cursor.whileHeld(() -> note.write(fields));
            written = position;
            failing = false;
        } catch (JournalException e) {
            if (!failing) {
                log.error(
                        "plugin instance {}: {}; delivery goes on, and after a crash more may come again",
                        instance,
                        e.getMessage());
            }
            failing = true;
        }
    }

    private OptionalLong remembered() {
        try {
            Optional<Map<String, Object>> fields = note.read();
            if (fields.isPresent()
                    && Long.valueOf(VERSION).equals(fields.get().get("version"))
                    && Long.valueOf(own).equals(fields.get().get("own"))
                    && fields.get().get("settled") instanceof Long settled) {
                return OptionalLong.of(settled);
            }
        } catch (JournalException e) {
            log.warn("plugin instance {}: {}; it begins at its own position", instance, e.getMessage());
        }
        return OptionalLong.empty();
    }
}
