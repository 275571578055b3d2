package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.zoomws.server.json.JsonText;
import io.zoomws.server.json.JsonValues;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** How commands write JSON: one object a line, UTF-8, times with nine digits so that they also sort as text. */
final class JsonLines {

    private JsonLines() {}

    /** A generator that ends each object with a line feed; closing it leaves the stream open. */
    static JsonGenerator generator(OutputStream out) throws IOException {
        JsonGenerator generator = JsonText.factory().createGenerator(out, JsonEncoding.UTF8);
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
}
