package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Tells the description of an over-long frame, of which the journal keeps length and hash only, from a frame. */
final class OverLongFrame {

    private static final Set<String> FIELDS = Set.of("length", "sha256");

    private OverLongFrame() {}

    /** Whether this is {@code {"length":…,"sha256":…}}: as a frame that would be readable, so it can't be one. */
    static boolean isDescribedBy(byte[] payload) {
        if (payload.length > 200 || payload.length == 0 || payload[0] != '{') {
            return false;
        }
        Set<String> fields = new HashSet<>();
        try (JsonParser parser = JsonLines.factory().createParser(payload)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        } catch (IOException e) {
            return false;
        }
        return fields.equals(FIELDS);
    }
}
