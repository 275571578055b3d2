package io.zoomws.server.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The stretches of time, in UTC, for which entries are counted. */
enum Period {
    /** From midnight. */
    day(ChronoUnit.DAYS, "uuuu-MM-dd"),
    /** From the full hour. */
    hour(ChronoUnit.HOURS, "uuuu-MM-dd'T'HH:mm'Z'"),
    /** Not counted so. */
    none(ChronoUnit.FOREVER, "");

    private final ChronoUnit unit;
    private final DateTimeFormatter label;

    Period(ChronoUnit unit, String label) {
        this.unit = unit;
        this.label = DateTimeFormatter.ofPattern(label, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** The beginning of the stretch that an instant lies in. */
    Instant beginning(Instant instant) {
        return instant.truncatedTo(unit);
    }

    Duration length() {
        return unit.getDuration();
    }

    /** For people: as much of a beginning as is needed to tell it. */
    String text(Instant beginning) {
        return label.format(beginning);
    }
}
