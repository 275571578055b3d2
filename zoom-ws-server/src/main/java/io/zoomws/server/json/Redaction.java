package io.zoomws.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Shows what kind of thing a JSON text is without showing what it says: its structure and the names of its fields remain, and
 * every value becomes {@value #MASK}, numbers, booleans and nulls included. Only what says what an event is and when it happened
 * is left as it was: the fields {@code event} and {@code event_ts} of the outermost object; and, for frames that are no events,
 * {@code module} and {@code success}.
 *
 * <p>A name of a field that is no name becomes {@value #MASK} as well: there are maps whose keys are mail addresses, ids or
 * telephone numbers. A name is a word of the Latin alphabet with underscores and hyphens and three digits at most.
 */
public final class Redaction {

    /** Stands for what is not shown. */
    public static final String MASK = "***";

    private static final Set<String> SHOWN = Set.of("event", "event_ts", "module", "success");

    /** A longer one is no type of an event and no time, whatever it is called. */
    private static final int LONGEST_SHOWN = 200;

    private static final Pattern NAME = Pattern.compile("(?!(?:\\D*\\d){4})[A-Za-z_][A-Za-z0-9_-]{0,39}");

    private Redaction() {}

    /**
     * Redacts a text.
     *
     * @param json any text
     * @return one line of JSON; only the mask if the text is no JSON
     */
    public static String of(String json) {
        StringWriter redacted = new StringWriter(json.length());
        try (JsonParser in = JsonText.factory().createParser(json);
                JsonGenerator out = JsonText.factory().createGenerator(redacted)) {
            if (copy(in, out) != 1) {
                return '"' + MASK + '"';
            }
        } catch (JsonParseException e) {
            return '"' + MASK + '"'; // and its message, which may quote the text, is not shown either
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return redacted.toString();
    }

    /** Copies what may be seen, and counts the values that stand side by side. */
    private static int copy(JsonParser in, JsonGenerator out) throws IOException {
        int values = 0;
        int depth = 0;
        boolean shown = false;
        int masks = 0;
        for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
            values += depth == 0 ? 1 : 0;
            switch (token) {
                case START_OBJECT -> {
                    out.writeStartObject();
                    depth++;
                }
                case START_ARRAY -> {
                    out.writeStartArray();
                    depth++;
                }
                case END_OBJECT -> {
                    out.writeEndObject();
                    depth--;
                }
                case END_ARRAY -> {
                    out.writeEndArray();
                    depth--;
                }
                case FIELD_NAME -> {
                    String name = in.currentName();
                    shown = depth == 1 && SHOWN.contains(name);
                    // Numbered, since an object has no two fields of one name.
                    out.writeFieldName(NAME.matcher(name).matches() ? name : MASK + ++masks);
                }
                default -> writeValue(in, token, shown && depth == 1, out);
            }
        }
        return values;
    }

    private static void writeValue(JsonParser in, JsonToken token, boolean shown, JsonGenerator out)
            throws IOException {
        String text = shown ? in.getText() : MASK;
        if (!shown || text.length() > LONGEST_SHOWN) {
            out.writeString(MASK);
        } else if (token == JsonToken.VALUE_STRING) {
            out.writeString(text);
        } else {
            out.writeRawValue(text);
        }
    }
}
