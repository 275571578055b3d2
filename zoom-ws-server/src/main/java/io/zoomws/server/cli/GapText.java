package io.zoomws.server.cli;

import io.zoomws.journal.OpenGap;
import io.zoomws.server.gaps.GapJson;
import io.zoomws.server.gaps.GapTotals;
import io.zoomws.spi.Gap;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Prints gaps in columns for people, and their totals below. */
final class GapText implements GapPrinter {

    private final OutputStream out;
    private final Table gaps = new Table("sequence", "from", "to", "duration", "cause");

    GapText(OutputStream out) {
        this.out = out;
    }

    @Override
    public void print(Gap gap) {
        gaps.row(
                gap.sequence(),
                JsonLines.time(gap.from()),
                JsonLines.time(gap.to()),
                text(GapJson.lengthOf(gap.from(), gap.to())),
                gap.cause());
    }

    @Override
    public void printOpen(OpenGap gap, Instant now) {
        gaps.row(null, JsonLines.time(gap.from()), "open", text(GapJson.lengthOf(gap.from(), now)), gap.cause());
    }

    @Override
    public void printTotals(GapTotals totals, boolean open) throws IOException {
        gaps.print(TableFormat.text, out);
        Table sums = new Table("total", "count", "duration");
        totals.byCategory().forEach((category, sum) -> sums.row(category.label(), sum.count(), text(sum.covered())));
        sums.row("all", totals.all().count(), text(totals.all().covered()));
        if (totals.unreadable() > 0) {
            sums.row("unreadable", totals.unreadable(), null);
        }
        out.write("\n".getBytes(StandardCharsets.UTF_8));
        sums.print(TableFormat.text, out);
    }

    /** Days, hours, minutes and seconds with three digits, rounded up: a gap is never told to be shorter than it was. */
    static String text(Duration duration) {
        Duration up = duration.plusNanos(999_999);
        StringBuilder text = new StringBuilder();
        if (up.toDays() > 0) {
            text.append(up.toDays()).append("d ");
        }
        if (up.toHours() > 0) {
            text.append(up.toHoursPart()).append("h ");
        }
        if (up.toMinutes() > 0) {
            text.append(up.toMinutesPart()).append("m ");
        }
        String millis = Integer.toString(1000 + up.toMillisPart()).substring(1);
        return text.append(up.toSecondsPart())
                .append('.')
                .append(millis)
                .append('s')
                .toString();
    }
}
