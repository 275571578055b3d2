package io.zoomws.testkit;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changes single values in JSON text. Keys keep their order; the text is written anew, without blanks. */
final class JsonEdit {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            // Numbers come out as they went in.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonEdit() {}

    /** Sets a value; objects on the way to it that are missing are made. */
    static String set(String json, String pointer, JsonNode value) {
        JsonNode root = tree(json);
        JsonNode parent = root;
        JsonPointer place = place(pointer);
        while (!place.tail().matches()) {
            JsonNode child =
                    parent.isArray() ? parent.path(place.getMatchingIndex()) : parent.path(place.getMatchingProperty());
            if (child.isMissingNode() || child.isNull()) {
                child = MAPPER.createObjectNode();
                put(parent, place, child, pointer);
            }
            parent = child;
            place = place.tail();
        }
        put(parent, place, value, pointer);
        return root.toString();
    }

    /** Removes a value, if there is one. */
    static String remove(String json, String pointer) {
        JsonPointer place = place(pointer);
        JsonNode root = tree(json);
        JsonNode parent = root.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.remove(place.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode array) {
            array.remove(place.last().getMatchingIndex());
        }
        return root.toString();
    }

    /** Any JSON value. */
    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void put(JsonNode parent, JsonPointer place, JsonNode value, String pointer) {
        if (parent instanceof ObjectNode object) {
            object.set(place.getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode array && place.getMatchingIndex() == array.size()) {
            array.add(value);
        } else if (parent instanceof ArrayNode array
                && place.mayMatchElement()
                && place.getMatchingIndex() < array.size()) {
            array.set(place.getMatchingIndex(), value);
        } else {
            throw new IllegalArgumentException("nothing can be set at '" + pointer
                    + "': what is in the way is neither an object nor an array that is long enough");
        }
    }

    private static JsonPointer place(String pointer) {
        JsonPointer place = JsonPointer.compile(pointer);
        if (place.matches()) {
            throw new IllegalArgumentException("the empty pointer is the whole event: make another with of(json)");
        }
        return place;
    }
}
