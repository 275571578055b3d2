package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The fields of one object in an event, read so that whatever Zoom sends gives a value or nothing, and never throws. */
record Fields(ZoomEvent event, String pointer) {

    static final String PAYLOAD = "/payload";
    static final String OBJECT = "/payload/object";
    static final String OLD_OBJECT = "/payload/old_object";

    static Fields payload(ZoomEvent event) {
        return new Fields(event, PAYLOAD);
    }

    static Fields object(ZoomEvent event) {
        return new Fields(event, OBJECT);
    }

    Fields in(String name) {
        return new Fields(event, pointer + "/" + name);
    }

    Optional<String> text(String name) {
        return event.text(pointer + "/" + name).filter(text -> !text.isEmpty());
    }

    OptionalLong number(String name) {
        return text(name).map(Fields::asNumber).orElse(OptionalLong.empty());
    }

    OptionalInt smallNumber(String name) {
        OptionalLong number = number(name);
        return number.isPresent() && (int) number.getAsLong() == number.getAsLong()
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    Optional<Duration> minutes(String name) {
        OptionalInt minutes = smallNumber(name);
        return minutes.isPresent() ? Optional.of(Duration.ofMinutes(minutes.getAsInt())) : Optional.empty();
    }

    Optional<Instant> time(String name) {
        return text(name).flatMap(Fields::asTime);
    }

    private static OptionalLong asNumber(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    private static Optional<Instant> asTime(String text) {
        OptionalLong millis = asNumber(text);
        if (millis.isPresent()) {
            return Optional.of(Instant.ofEpochMilli(millis.getAsLong()));
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
