package io.zoomws.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zoomws.journal.OverLongFrame;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Writes an entry as a JSON object with stable keys. Every entry begins with {@code sequence}, {@code kind}, {@code
 * receivedAt}, {@code subscription} and {@code connection}; what follows depends on the kind:
 *
 * <ul>
 *   <li>event: {@code id}, {@code event}, {@code eventTs}, {@code duplicateOf}, {@code content}
 *   <li>control: {@code frame}, the frame as it came; or, with connection 0, the fields of a note of the server, {@code
 *       note} being what it says: {@code note}, {@code from}, {@code to} and {@code by} when the wall clock was set
 *   <li>unreadable: {@code length} and {@code base64} of the frame; of an over-long one {@code length} and {@code sha256}
 *   <li>gap: {@code from}, {@code to}, {@code cause}
 *   <li>any other: the fields of the note that the server wrote
 * </ul>
 */
public enum EntryJson {

    /**
     * {@code content} and {@code frame} are what came, character for character, but for what {@link JsonText#verbatim} must
     * change so that a line is one valid JSON object: line feeds between tokens become blanks, control characters that were
     * sent raw inside strings become escapes.
     */
    VERBATIM,

    /** Of {@code content} and {@code frame} there is what {@link Redaction} leaves; {@code base64} is not shown. */
    REDACTED;

    private static final Set<String> COMMON = Set.of("sequence", "kind", "receivedAt", "subscription", "connection");

    /**
     * Writes one entry.
     *
     * @param out where a value may stand
     * @param entry of a journal
     * @throws IOException if it cannot be written
     */
    public void write(JsonGenerator out, Entry entry) throws IOException {
        out.writeStartObject();
        out.writeNumberField("sequence", entry.sequence());
        out.writeStringField("kind", entry.kind().label());
        out.writeStringField("receivedAt", JsonValues.time(entry.receivedAt()));
        out.writeStringField("subscription", entry.subscription());
        out.writeNumberField("connection", entry.connection());
        if (entry instanceof ZoomEvent event) {
            writeEvent(out, event);
        } else if (entry instanceof Gap gap) {
            out.writeStringField("from", JsonValues.time(gap.from()));
            out.writeStringField("to", JsonValues.time(gap.to()));
            out.writeStringField("cause", gap.cause());
        } else if (entry.kind() == EntryKind.CONTROL && entry.connection() > 0) {
            writeFrame(out, entry.payload());
        } else if (entry.kind() == EntryKind.UNREADABLE && !(entry instanceof OverLongFrame)) {
            writeUnreadable(out, entry.payload());
        } else {
            writeNote(out, entry.payload());
        }
        out.writeEndObject();
    }

    private void writeEvent(JsonGenerator out, ZoomEvent event) throws IOException {
        out.writeStringField("id", event.id());
        out.writeStringField("event", event.type());
        String json = event.json();
        writeEventTime(out, json);
        out.writeFieldName("duplicateOf");
        if (event.duplicateOf().isPresent()) {
            out.writeNumber(event.duplicateOf().getAsLong());
        } else {
            out.writeNull();
        }
        out.writeFieldName("content");
        out.writeRawValue(shown(json));
    }

    /** The field {@code event_ts} of the event: a number as it was written, a text if it was sent as text, or null. */
    private static void writeEventTime(JsonGenerator out, String json) throws IOException {
        JsonToken kind = JsonToken.VALUE_NULL;
        String text = "null";
        try (JsonParser parser = JsonText.factory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("event_ts");
                JsonToken value = parser.nextToken();
                if (wanted) {
                    kind = value;
                    text = parser.getText();
                }
                parser.skipChildren();
            }
        }
        out.writeFieldName("eventTs");
        if (kind == JsonToken.VALUE_STRING) {
            out.writeString(text);
        } else {
            out.writeRawValue(kind.isNumeric() ? text : "null");
        }
    }

    private void writeFrame(JsonGenerator out, byte[] payload) throws IOException {
        String text = new String(payload, StandardCharsets.UTF_8);
        out.writeFieldName("frame");
        // A byte order mark is stepped over when a frame is read, and would end a reader's parser here.
        out.writeRawValue(
                shown(text.startsWith("\uFEFF") ? text.substring(1) : text).strip());
    }

    private void writeUnreadable(JsonGenerator out, byte[] payload) throws IOException {
        out.writeNumberField("length", payload.length);
        if (this == VERBATIM) {
            out.writeBinaryField("base64", payload);
        } else {
            out.writeStringField("base64", Redaction.MASK);
        }
    }

    private String shown(String json) {
        return this == VERBATIM ? JsonText.verbatim(json) : Redaction.of(json);
    }

    private static void writeNote(JsonGenerator out, byte[] payload) throws IOException {
        if (payload.length == 0) {
            return;
        }
        try (JsonParser parser = JsonText.factory().createParser(payload)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (COMMON.contains(parser.currentName())) {
                    parser.nextToken();
                    parser.skipChildren();
                } else {
                    out.copyCurrentStructure(parser);
                }
            }
        }
    }
}
