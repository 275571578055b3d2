package io.zoomws.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Zoom event as JSON text, looked at once from end to end.
 *
 * @param json the event as sent
 * @param type the text of its field {@code event}
 * @param timed whether it has an {@code event_ts} at all
 * @param occurredAt that field, where it is a time
 * @param volatileSlices pairs of begin and end of the values that differ between two copies of one event
 */
record EventText(String json, String type, boolean timed, Optional<Instant> occurredAt, List<Integer> volatileSlices) {

    /**
     * Credentials and addresses that Zoom makes anew for each copy it sends. Seen with recordings only; names are compared
     * at any depth.
     */
    private static final Set<String> VOLATILE =
            Set.of("download_token", "download_access_token", "download_url", "play_url");

    /** Reads an event; null if the text is no JSON object with a text {@code event}, or there is something behind it. */
    static @Nullable EventText read(String json) {
        try (JsonParser parser = Json.parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            String type = null;
            String time = null;
            List<Integer> slices = new ArrayList<>();
            for (int depth = 1; depth > 0; ) {
                JsonToken token = parser.nextToken();
                if (token.isStructEnd()) {
                    depth--;
                } else if (token.isStructStart()) {
                    depth++;
                } else if (token == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    if (depth == 1 && name.equals("event")) {
                        type = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
                        parser.skipChildren();
                    } else if (depth == 1 && name.equals("event_ts")) {
                        time = scalar(parser);
                    } else if (VOLATILE.contains(name)) {
                        parser.nextToken();
                        slices.add(Json.start(parser));
                        slices.add(Json.end(parser));
                    }
                }
            }
            if (type == null || parser.nextToken() != null) {
                return null;
            }
            return new EventText(json, type, time != null, instant(time), List.copyOf(slices));
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String scalar(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        String text = token == JsonToken.VALUE_NULL ? null : parser.getText();
        parser.skipChildren();
        return text;
    }

    /** Milliseconds since 1970, as a number or in a text; or a time in ISO-8601. */
    private static Optional<Instant> instant(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
        } catch (NumberFormatException notMillis) {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException notATime) {
                return Optional.empty();
            }
        }
    }
}
