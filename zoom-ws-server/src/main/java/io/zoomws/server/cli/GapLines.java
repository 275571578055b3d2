package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.journal.OpenGap;
import io.zoomws.server.gaps.GapJson;
import io.zoomws.server.gaps.GapTotals;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Prints gaps as JSON, one object a line; the keys are those of the command's help. */
final class GapLines implements GapPrinter {

    private final JsonGenerator out;
    private final String subscription;

    GapLines(OutputStream out, String subscription) throws IOException {
        this.out = JsonLines.generator(out);
        this.subscription = subscription;
    }

    @Override
    public void print(Gap gap) throws IOException {
        begin(EntryKind.GAP.label());
        out.writeNumberField("sequence", gap.sequence());
        out.writeStringField("receivedAt", JsonLines.time(gap.receivedAt()));
        GapJson.writeFields(out, gap.from(), gap.to(), gap.cause());
        end();
    }

    @Override
    public void printOpen(OpenGap gap, Instant now) throws IOException {
        begin(EntryKind.GAP.label());
        out.writeNullField("sequence");
        out.writeNullField("receivedAt");
        GapJson.writeOpenFields(out, gap.from(), now, gap.cause());
        end();
    }

    @Override
    public void printTotals(GapTotals totals, boolean open) throws IOException {
        begin("total");
        GapJson.writeFields(out, totals);
        out.writeBooleanField("open", open);
        end();
        out.flush();
    }

    private void begin(String kind) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", kind);
        out.writeStringField("subscription", subscription);
    }

    private void end() throws IOException {
        out.writeEndObject();
        JsonLines.endLine(out);
    }
}
