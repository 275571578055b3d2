package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.journal.OpenGap;
import io.zoomws.server.find.MissedIn;
import io.zoomws.server.gaps.GapJson;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** As JSON, one object a line; the keys are those of the command's help. */
final class FindLines implements FindPrinter {

    private final JsonGenerator out;
    private final String subscription;

    FindLines(OutputStream out, String subscription) throws IOException {
        this.out = JsonLines.generator(out);
        this.subscription = subscription;
    }

    @Override
    public void print(Entry entry, List<String> places) throws IOException {
        out.writeStartObject();
        out.writeNumberField("sequence", entry.sequence());
        out.writeStringField("kind", entry.kind().label());
        out.writeStringField("receivedAt", JsonLines.time(entry.receivedAt()));
        out.writeStringField("subscription", subscription);
        if (entry instanceof ZoomEvent event) {
            out.writeStringField("id", event.id());
            out.writeStringField("event", event.type());
        }
        out.writeArrayFieldStart("where");
        for (String place : places) {
            out.writeString(place);
        }
        out.writeEndArray();
        end();
    }

    @Override
    public void printSearched(Searched searched, MissedIn missed, Optional<OpenGap> open, Instant now)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", "searched");
        out.writeStringField("subscription", subscription);
        out.writeNumberField("fromSequence", searched.from());
        out.writeNumberField("toSequence", searched.to());
        time("firstReceivedAt", searched.firstReceivedAt());
        time("lastReceivedAt", searched.lastReceivedAt());
        out.writeNumberField("found", searched.found());
        out.writeBooleanField("complete", searched.complete());
        out.writeNumberField("quarantined", missed.lost());
        out.writeArrayFieldStart("gaps");
        for (Gap gap : missed.gaps()) {
            out.writeStartObject();
            GapJson.writeFields(out, gap.from(), gap.to(), gap.cause());
            out.writeEndObject();
        }
        if (open.isPresent()) {
            out.writeStartObject();
            GapJson.writeOpenFields(out, open.get().from(), now, open.get().cause());
            out.writeEndObject();
        }
        out.writeEndArray();
        end();
        out.flush();
    }

    private void time(String key, Optional<Instant> time) throws IOException {
        out.writeStringField(key, time.map(JsonLines::time).orElse(null));
    }

    private void end() throws IOException {
        out.writeEndObject();
        JsonLines.endLine(out);
    }
}
