package io.zoomws.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zoomws.spi.EntryKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a frame turns out to be once it is read.
 *
 * <p>An event is a {@code message} frame whose {@code content} is an event, as a JSON string (as seen) or as an object
 * (never seen, accepted), or an event by itself. Any other JSON object is control: handshake results, heartbeat answers,
 * unknown modules, and also a {@code message} without a readable event in it, since its bytes can be read and shown. The
 * rest is unreadable. A byte order mark in front of frame or content is stepped over.
 *
 * @param kind EVENT, CONTROL or UNREADABLE
 * @param event not null exactly if the kind is EVENT
 */
record Frame(EntryKind kind, @Nullable EventText event) {

    private static final Frame CONTROL = new Frame(EntryKind.CONTROL, null);
    private static final Frame UNREADABLE = new Frame(EntryKind.UNREADABLE, null);
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    /** Reads the payload of a text frame. */
    static Frame read(byte[] payload) {
        String text = text(payload);
        if (text == null) {
            return UNREADABLE;
        }
        try {
            return parse(withoutMark(text));
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    private static Frame parse(String text) throws IOException {
        try (JsonParser parser = Json.parser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return UNREADABLE;
            }
            int start = Json.start(parser);
            String module = null;
            boolean bare = true;
            String content = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("module")) {
                    bare = false;
                    module = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                } else if (name.equals("content")) {
                    content = content(parser, value, text);
                }
                parser.skipChildren();
            }
            int end = (int) parser.currentLocation().getCharOffset();
            if (parser.nextToken() != null) {
                return UNREADABLE;
            }
            if (bare) {
                return event(text.substring(start, end));
            }
            return content != null && "message".equals(module) ? event(content) : CONTROL;
        }
    }

    private static @Nullable String content(JsonParser parser, JsonToken value, String text) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return withoutMark(parser.getText());
        }
        return value == JsonToken.START_OBJECT ? text.substring(Json.start(parser), Json.end(parser)) : null;
    }

    private static Frame event(String json) {
        EventText event = EventText.read(json);
        return event == null ? CONTROL : new Frame(EntryKind.EVENT, event);
    }

    /** The payload as text, or null if it is not UTF-8. The fast decoder replaces what it cannot read: then look closely. */
    private static @Nullable String text(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            } catch (CharacterCodingException e) {
                return null;
            }
        }
        return text;
    }

    private static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
