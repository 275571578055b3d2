package io.zoomws.server.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zoomws.spi.PluginMetrics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A number that a plugin in a process of its own tells of itself. On the pipe it is one line, like a report.
 *
 * @param name as the plugin gave it
 * @param counter whether it only rises
 * @param text what it tells
 * @param amount by how much a counter has risen since this was said last; what a gauge shows now
 */
record ChildNumber(String name, boolean counter, String text, double amount) {

    private static final JsonFactory JSON = new JsonFactory();

    /** The line, without its end. */
    String line() {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("number", name);
            out.writeBooleanField("counter", counter);
            out.writeStringField("text", text);
            out.writeStringField("amount", Double.toString(amount)); // JSON knows no NaN
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return ChildReport.MARK + line.toString();
    }

    /** Reads one; empty if this is none. */
    static Optional<ChildNumber> parse(String json) {
        try (JsonParser in = JSON.createParser(json)) {
            in.nextToken();
            String name = text(in, "number");
            boolean counter = Boolean.parseBoolean(text(in, "counter"));
            String text = text(in, "text");
            return Optional.of(new ChildNumber(name, counter, text, Double.parseDouble(text(in, "amount"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonParser in, String field) throws IOException {
        if (in.nextToken() != JsonToken.FIELD_NAME || !in.currentName().equals(field)) {
            throw new IllegalArgumentException("no " + field);
        }
        in.nextToken();
        return in.getText();
    }

    /**
     * Shows it, as if it had been told in this process.
     *
     * @throws IllegalArgumentException if that would not have been allowed
     */
    void showIn(PluginMetrics metrics) {
        if (counter) {
            metrics.counter(name, text).add((long) amount);
        } else {
            metrics.gauge(name, text).set(amount);
        }
    }
}
