package io.zoomws.plugin.console;

import io.zoomws.spi.Delivery;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The text of one line: receive time, type, sequence and ids.
 *
 * <p>Never a topic, a name, an address or any other text that people wrote: a line on a screen or in a log collector must be
 * safe to show to a stranger, and must not carry terminal escapes.
 */
final class EventLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The longest event name known has 63 characters, the longest id 44. */
    private static final int LONGEST_WORD = 80;

    private EventLine() {}

    static String of(ZoomEvent event, Delivery delivery) {
        StringBuilder line = begin(event, word(event.type()), delivery);
        append(line, "object", event.text("/payload/object/id"));
        append(line, "uuid", event.text("/payload/object/uuid"));
        append(line, "participant", event.text("/payload/object/participant/user_id"));
        append(line, "account", event.accountId());
        event.occurredAt().ifPresent(at -> line.append(" lag=").append(lag(at, event.receivedAt())));
        return line.toString();
    }

    static String of(Gap gap, Delivery delivery) {
        return begin(gap, "GAP", delivery)
                .append(" from=")
                .append(TIME.format(gap.from()))
                .append(" to=")
                .append(TIME.format(gap.to()))
                .append(" cause=\"")
                .append(printable(gap.cause(), false))
                .append('"')
                .toString();
    }

    private static StringBuilder begin(Entry entry, String type, Delivery delivery) {
        StringBuilder line = new StringBuilder(200)
                .append(TIME.format(entry.receivedAt()))
                .append(String.format(Locale.ROOT, "  %-32s", type))
                .append(" seq=")
                .append(entry.sequence());
        return delivery.replay() ? line.append(" replay") : line;
    }

    private static void append(StringBuilder line, String name, Optional<String> id) {
        // Guests have empty ids.
        id.filter(text -> !text.isEmpty())
                .ifPresent(text -> line.append(' ').append(name).append('=').append(word(text)));
    }

    private static String lag(Instant occurredAt, Instant receivedAt) {
        return Duration.between(occurredAt, receivedAt).toMillis() + "ms";
    }

    /** What stands for an id or a type: one word of visible ASCII, whatever was sent. */
    private static String word(String text) {
        String cut = text.length() <= LONGEST_WORD ? text : text.substring(0, LONGEST_WORD) + "...";
        return printable(cut, true);
    }

    private static String printable(String text, boolean oneWord) {
        StringBuilder result = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            boolean visible = c > ' ' && c < 0x7f;
            result.append(visible || (c == ' ' && !oneWord) ? (char) c : '?');
        });
        return result.toString();
    }
}
