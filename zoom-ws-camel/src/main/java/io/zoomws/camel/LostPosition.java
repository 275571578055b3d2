package io.zoomws.camel;

import io.zoomws.spi.Position;
import java.util.Locale;
import java.util.Optional;

/**
 * What a consumer does when its position cannot be used: it is lost or damaged, or stands before the oldest entry or behind
 * the end of the journal. Whatever is not {@link #STOP} is told with what is skipped.
 */
enum LostPosition {
    /** Nothing is delivered, and it is said why and how that is mended. */
    STOP,
    /** It goes on at the oldest entry there is. */
    EARLIEST,
    /** It goes on with what comes. */
    LATEST;

    static Optional<LostPosition> parse(String text) {
        for (LostPosition choice : values()) {
            if (choice.toString().equals(text)) {
                return Optional.of(choice);
            }
        }
        return Optional.empty();
    }

    /** Where it goes on; not to be asked of {@link #STOP}. */
    Position position() {
        return this == LATEST ? Position.LATEST : Position.EARLIEST;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
