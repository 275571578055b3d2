package io.zoomws.server.cli;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** Prints entries for people: sequence, time, kind and what matters most; never payload text but types and ids. */
final class EntryText implements EntryPrinter {

    private final OutputStream out;

    EntryText(OutputStream out) {
        this.out = out;
    }

    @Override
    public void print(Entry entry) throws IOException {
        line(Long.toString(entry.sequence()), entry.receivedAt(), entry.kind(), describe(entry));
    }

    @Override
    public void printOpenGap(String subscription, Instant from, String cause) throws IOException {
        line("-", from, EntryKind.GAP, "from " + JsonLines.time(from) + ", still open: " + cause);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private static String describe(Entry entry) {
        if (entry instanceof ZoomEvent event) {
            StringBuilder text = new StringBuilder(event.type()).append(" id=").append(event.id());
            event.duplicateOf().ifPresent(first -> text.append(" duplicateOf=").append(first));
            return text.append(" connection=").append(entry.connection()).toString();
        }
        if (entry instanceof Gap gap) {
            return "from " + JsonLines.time(gap.from()) + " to " + JsonLines.time(gap.to()) + ": " + gap.cause();
        }
        byte[] payload = entry.payload();
        return switch (entry.kind()) {
            case CONTROL, UNREADABLE ->
                EntryPrinter.isNote(entry)
                        ? new String(payload, StandardCharsets.UTF_8)
                        : payload.length + " bytes connection=" + entry.connection();
            default -> new String(payload, StandardCharsets.UTF_8);
        };
    }

    private void line(String sequence, Instant at, EntryKind kind, String text) throws IOException {
        String line =
                String.format(Locale.ROOT, "%8s  %s  %-12s  %s", sequence, JsonLines.time(at), kind.label(), text);
        out.write(Text.printable(line).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
