package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.server.json.JsonText;
import io.zoomws.spi.Entry;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Prints events as CloudEvents 1.0 in their JSON format, one a line:
 *
 * <ul>
 *   <li>{@code id}: the event's stable id, the same in every replay, and that of its repeats
 *   <li>{@code source}: {@code zoomws:} and the subscription
 *   <li>{@code type}: {@code us.zoom.} and Zoom's type
 *   <li>{@code time}: Zoom's {@code event_ts}, or where there is none the time of receipt
 *   <li>{@code subject}: the id of the object that the event is about, a meeting's for one, if there is one
 *   <li>{@code data}: the event as sent, of {@code datacontenttype} {@code application/json}
 *   <li>{@code sequence}, {@code receivedat}: extensions; the position in the journal with 19 digits, so that it sorts as text,
 *       and the time of receipt
 * </ul>
 *
 * Other entries are left out.
 */
final class CloudEventLines implements EntryPrinter {

    private static final String SEQUENCE_DIGITS = "0".repeat(19);

    private final JsonGenerator out;

    CloudEventLines(OutputStream out) throws IOException {
        this.out = JsonLines.generator(out);
    }

    @Override
    public void print(Entry entry) throws IOException {
        if (!(entry instanceof ZoomEvent event)) {
            return;
        }
        out.writeStartObject();
        out.writeStringField("specversion", "1.0");
        out.writeStringField("id", event.id());
        out.writeStringField("source", "zoomws:" + event.subscription());
        out.writeStringField("type", "us.zoom." + event.type());
        out.writeStringField("time", JsonLines.time(event.occurredAt().orElse(event.receivedAt())));
        Optional<String> object = event.text("/payload/object/id").filter(id -> !id.isEmpty());
        if (object.isPresent()) {
            out.writeStringField("subject", object.get());
        }
        out.writeStringField("datacontenttype", "application/json");
        String sequence = Long.toString(event.sequence());
        out.writeStringField("sequence", SEQUENCE_DIGITS.substring(sequence.length()) + sequence);
        out.writeStringField("receivedat", JsonLines.time(event.receivedAt()));
        out.writeFieldName("data");
        out.writeRawValue(JsonText.verbatim(event.json()));
        out.writeEndObject();
        JsonLines.endLine(out);
    }

    @Override
    public void printOpenGap(String subscription, Instant from, String cause) {
        // No event.
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
