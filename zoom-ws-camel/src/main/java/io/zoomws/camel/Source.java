package io.zoomws.camel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a consumer's events come from. */
enum Source {
    /** A journal that others write. */
    TAIL,
    /** A range of a journal, which then ends. */
    REPLAY,
    /** Zoom itself, by a connection and a journal in this Camel context. */
    LIVE;

    static Optional<Source> parse(String text) {
        return Arrays.stream(values())
                .filter(source -> source.label().equals(text))
                .findFirst();
    }

    /** As the option is written. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
