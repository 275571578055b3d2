package io.zoomws.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Scalars in JSON text, as the host finds them: a number is the literal that was sent, of a key that occurs twice in an object
 * the last one counts, and control characters inside strings are accepted. A contract test holds it to the journal's own.
 */
final class JsonText {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private JsonText() {}

    /** The text of the scalar at a pointer; null if there is none. */
    static @Nullable String find(String json, JsonPointer pointer) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            String found = find(parser, pointer);
            if (parser.nextToken() != null) {
                throw new IOException("there is something behind the object");
            }
            return found;
        }
    }

    /** The text of the string at a pointer; null if there is none or something else. */
    static @Nullable String findString(String json, JsonPointer pointer) throws IOException {
        return new JsonMapper(FACTORY).readTree(json).at(pointer).textValue();
    }

    /** An object of texts, from pairs of name and value. */
    static String object(String... pairs) {
        ObjectNode object = new JsonMapper().createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return object.toString();
    }

    private static @Nullable String find(JsonParser parser, JsonPointer pointer) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("there is nothing");
        }
        if (pointer.matches()) {
            String scalar = token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : null;
            parser.skipChildren();
            return scalar;
        }
        String found = null;
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                JsonPointer rest = pointer.matchProperty(parser.currentName());
                parser.nextToken();
                found = rest == null ? skip(parser, found) : find(parser, rest);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                JsonPointer rest = pointer.matchElement(i);
                found = rest == null ? skip(parser, found) : find(parser, rest);
            }
        }
        return found;
    }

    private static @Nullable String skip(JsonParser parser, @Nullable String found) throws IOException {
        parser.skipChildren();
        return found;
    }
}
