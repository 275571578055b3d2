package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.server.json.EntryJson;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Prints entries as JSON, one object a line, as {@link EntryJson} writes them. */
final class EntryJsonLines implements EntryPrinter {

    private final JsonGenerator out;

    EntryJsonLines(OutputStream out) throws IOException {
        this.out = JsonLines.generator(out);
    }

    @Override
    public void print(Entry entry) throws IOException {
        EntryJson.VERBATIM.write(out, entry);
        JsonLines.endLine(out);
    }

    @Override
    public void printOpenGap(String subscription, Instant from, String cause) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", EntryKind.GAP.label());
        out.writeStringField("subscription", subscription);
        out.writeStringField("from", JsonLines.time(from));
        out.writeNullField("to");
        out.writeStringField("cause", cause);
        out.writeEndObject();
        JsonLines.endLine(out);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
