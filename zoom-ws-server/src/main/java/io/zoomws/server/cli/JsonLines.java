package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.zoomws.server.json.JsonValues;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;

/** How commands write JSON: one object a line, UTF-8, times with nine digits so that they also sort as text. */
final class JsonLines {

    /** What is read here is in the journal already, whatever its size. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private JsonLines() {}

    static JsonFactory factory() {
        return FACTORY;
    }

    /** A generator that ends each object with a line feed; closing it leaves the stream open. */
    static JsonGenerator generator(OutputStream out) throws IOException {
        JsonGenerator generator = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
        return generator;
    }

    /** Ends a line. */
    static void endLine(JsonGenerator generator) throws IOException {
        generator.writeRaw('\n');
    }

    static String time(Instant instant) {
        return JsonValues.time(instant);
    }

    /**
     * JSON as it was sent, made fit for one line of valid UTF-8 JSON. Between tokens line feeds and carriage returns become
     * blanks, which mean the same. Inside strings control characters that were sent raw, and half surrogate pairs, become
     * escapes, which mean the same. Everything else is untouched.
     */
    static String verbatim(String json) {
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
