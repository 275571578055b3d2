package io.zoomws.server.cli;

import io.zoomws.journal.OpenGap;
import io.zoomws.server.find.MissedIn;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** For people: a line for each entry; an answer in words if there is none. */
final class FindText implements FindPrinter {

    private final OutputStream out;

    FindText(OutputStream out) {
        this.out = out;
    }

    @Override
    public void print(Entry entry, List<String> places) throws IOException {
        String type = entry instanceof ZoomEvent event ? event.type() + "  " : "";
        line(String.format(
                Locale.ROOT,
                "%8d  %s  %-12s  %s%s",
                entry.sequence(),
                JsonLines.time(entry.receivedAt()),
                entry.kind().label(),
                type,
                String.join(" ", places)));
    }

    @Override
    public void printSearched(Searched searched, MissedIn missed, Optional<OpenGap> open, Instant now)
            throws IOException {
        if (!searched.complete()) {
            line("there may be more: the limit is reached");
        } else if (searched.found() == 0) {
            line("not found in " + stretch(searched));
            for (Gap gap : missed.gaps()) {
                line("it may have been missed in the gap from " + JsonLines.time(gap.from()) + " to "
                        + JsonLines.time(gap.to()) + ": " + gap.cause());
            }
            if (open.isPresent()) {
                line("it may have been missed since "
                        + JsonLines.time(open.get().from()) + ", in a gap that is still open: "
                        + open.get().cause());
            }
            if (missed.lost() > 0) {
                line("it may have been among entries that are damaged: quarantine entries there: " + missed.lost());
            }
            if (missed.gaps().isEmpty() && open.isEmpty() && missed.lost() == 0) {
                line("there is no gap and no damage in it: it did not come there");
            }
        }
        out.flush();
    }

    private static String stretch(Searched searched) {
        if (searched.to() < searched.from()) {
            return "a stretch without entries";
        }
        return "sequences " + searched.from() + " to " + searched.to()
                + searched.firstReceivedAt()
                        .map(first -> ", received from " + JsonLines.time(first) + " to "
                                + JsonLines.time(searched.lastReceivedAt().orElse(first)))
                        .orElse("");
    }

    private void line(String text) throws IOException {
        out.write(Text.printable(text).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
