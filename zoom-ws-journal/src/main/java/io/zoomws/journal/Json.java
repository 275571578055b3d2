package io.zoomws.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON as text: finds where values begin and end, and never converts a number. Of a key that occurs twice in an object the
 * last one counts, as in most parsers. Control characters that stand raw inside a text are accepted as they are.
 */
final class Json {

    /** Zoom's events are six deep; a stack is not to be had by a frame of brackets. */
    private static final int MAX_NESTING = 200;

    /** Length is bounded by the frame, so numbers, names and texts may be as long as that. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private Json() {}

    /** A parser whose offsets count the characters of {@code text}. */
    static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    /** Walks to the end of the current value, and answers where that is. */
    static int end(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return (int) parser.currentLocation().getCharOffset();
    }

    /** The text of the scalar at a pointer; null if there is none. */
    static @Nullable String find(String text, JsonPointer pointer) throws IOException {
        try (JsonParser parser = parser(text)) {
            parser.nextToken();
            return find(parser, pointer);
        }
    }

    private static @Nullable String find(JsonParser parser, JsonPointer pointer) throws IOException {
        JsonToken token = parser.currentToken();
        if (pointer.matches()) {
            String scalar = token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : null;
            parser.skipChildren();
            return scalar;
        }
        if (token == JsonToken.START_OBJECT) {
            return findInObject(parser, pointer);
        }
        if (token == JsonToken.START_ARRAY) {
            return findInArray(parser, pointer);
        }
        return null;
    }

    private static @Nullable String findInObject(JsonParser parser, JsonPointer pointer) throws IOException {
        String found = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            JsonPointer rest = pointer.matchProperty(parser.currentName());
            parser.nextToken();
            if (rest == null) {
                parser.skipChildren();
            } else {
                found = find(parser, rest);
            }
        }
        return found;
    }

    private static @Nullable String findInArray(JsonParser parser, JsonPointer pointer) throws IOException {
        String found = null;
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            JsonPointer rest = pointer.matchElement(i);
            if (rest == null) {
                parser.skipChildren();
            } else {
                found = find(parser, rest);
            }
        }
        return found;
    }
}
