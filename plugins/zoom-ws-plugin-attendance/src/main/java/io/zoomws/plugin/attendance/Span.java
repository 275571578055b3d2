package io.zoomws.plugin.attendance;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which somebody was there.
 *
 * @param from null if the joining was not seen; then {@code to} is not null
 * @param to null if the leaving was not seen
 * @param inferred whether {@code to} is a conclusion
 * @param device through which, if known
 */
record Span(
        @Nullable Instant from,
        @Nullable Instant to,
        boolean inferred,
        @Nullable String device) {

    /** By whichever end is known, the beginning first. */
    static final Comparator<Span> BY_TIME = Comparator.comparing(Span::earliest)
            .thenComparing(Span::to, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Span::inferred);

    /** The first instant of which is known that they were there. */
    Instant earliest() {
        return from != null ? from : Objects.requireNonNull(to, "a span has an end");
    }

    boolean isOpen() {
        return to == null;
    }

    /** The same, ended by conclusion; not before it began. */
    Span endedAt(Instant end) {
        return new Span(from, end.isBefore(earliest()) ? earliest() : end, true, device);
    }

    /** Whether a later one begins within this one, or just when it ends. */
    boolean reaches(Span later) {
        return to == null || !later.earliest().isAfter(to);
    }

    /** This and a later one that it reaches, as one. Of two equal ends the one that was seen is believed. */
    Span and(Span later) {
        if (to == null || (later.to != null && to.isAfter(later.to))) {
            return this;
        }
        boolean sameEnd = to.equals(later.to);
        return new Span(from, later.to, sameEnd ? inferred && later.inferred : later.inferred, device);
    }
}
