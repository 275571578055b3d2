package io.zoomws.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.util.Locale;

/** JSON as it was sent: how it is read again, and how it becomes a part of JSON that this server writes. */
public final class JsonText {

    /** What is read here is in the journal already, whatever its size. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private JsonText() {}

    /**
     * Reads whatever the journal holds, of any size and depth.
     *
     * @return a shared factory
     */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /**
     * JSON as it was sent, made fit for one line of valid UTF-8 JSON. Between tokens line feeds and carriage returns become
     * blanks, which mean the same. Inside strings control characters that were sent raw, and half surrogate pairs, become
     * escapes, which mean the same. Everything else is untouched.
     *
     * @param json as the journal holds it
     * @return a text without line feeds
     */
    public static String verbatim(String json) {
        if (json.chars().noneMatch(c -> c < ' ' || Character.isSurrogate((char) c))) {
            return json;
        }
        StringBuilder line = new StringBuilder(json.length() + 16);
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\' && inString && i + 1 < json.length()) {
                // What stands behind a backslash, a quotation mark perhaps, is part of the escape.
                line.append(c).append(json.charAt(++i));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1))) {
                line.append(c).append(json.charAt(++i));
            } else if (Character.isSurrogate(c) || (c < ' ' && inString)) {
                line.append(escape(c));
            } else if (c == '\n' || c == '\r') {
                line.append(' ');
            } else {
                inString ^= c == '"';
                line.append(c);
            }
        }
        return line.toString();
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", (int) c);
        };
    }
}
