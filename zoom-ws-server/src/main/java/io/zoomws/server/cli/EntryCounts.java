package io.zoomws.server.cli;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts entries by kind, events by type, and both by time, and prints the numbers. One thread. */
final class EntryCounts {

    /** Beyond so many stretches of time, those without any entry are left out. */
    private static final int MOST_EMPTY_PERIODS = 10_000;

    /** The numbers of one kind of entry, one type of event or one stretch of time. */
    private static final class Tally {
        private long count;
        private long events;
        private long duplicates;
        private @Nullable Instant first;
        private @Nullable Instant last;

        private void add(Entry entry) {
            count++;
            if (entry instanceof ZoomEvent event) {
                events++;
                duplicates += event.duplicateOf().isPresent() ? 1 : 0;
            }
            last = entry.receivedAt();
            first = first == null ? last : first;
        }

        private static @Nullable String text(@Nullable Instant instant) {
            return instant == null ? null : JsonLines.time(instant);
        }
    }

    private final Period period;
    private final TreeMap<EntryKind, Tally> kinds = new TreeMap<>();
    private final TreeMap<String, Tally> types = new TreeMap<>();
    private final TreeMap<Instant, Tally> periods = new TreeMap<>();

    EntryCounts(Period period) {
        this.period = period;
    }

    void add(Entry entry) {
        kinds.computeIfAbsent(entry.kind(), ignored -> new Tally()).add(entry);
        if (entry instanceof ZoomEvent event) {
            types.computeIfAbsent(event.type(), ignored -> new Tally()).add(entry);
        }
        if (period != Period.none) {
            periods.computeIfAbsent(period.beginning(entry.receivedAt()), ignored -> new Tally())
                    .add(entry);
        }
    }

    /** One object for each kind, then each type, then each stretch of time. */
    void printJson(OutputStream out) throws IOException {
        Table counts = new Table("kind", "event", "count", "duplicates", "firstReceivedAt", "lastReceivedAt");
        kinds.forEach((kind, tally) -> counts.row(
                kind.label(), null, tally.count, tally.duplicates, Tally.text(tally.first), Tally.text(tally.last)));
        types.forEach((type, tally) -> counts.row(
                EntryKind.EVENT.label(),
                type,
                tally.count,
                tally.duplicates,
                Tally.text(tally.first),
                Tally.text(tally.last)));
        counts.print(TableFormat.json, out);
        Table times = new Table("per", "from", "count", "events", "duplicates");
        withEmpty()
                .forEach((beginning, tally) -> times.row(
                        period.name(), JsonLines.time(beginning), tally.count, tally.events, tally.duplicates));
        times.print(TableFormat.json, out);
    }

    /** Three tables, with bars for events. */
    void printText(OutputStream out, boolean ascii) throws IOException {
        Table counts = new Table("kind", "count", "duplicates", "firstReceivedAt", "lastReceivedAt");
        kinds.forEach((kind, tally) -> counts.row(
                kind.label(), tally.count, tally.duplicates, Tally.text(tally.first), Tally.text(tally.last)));
        counts.print(TableFormat.text, out);
        if (!types.isEmpty()) {
            printBars(out, ascii, "event", types);
        }
        if (!periods.isEmpty()) {
            Map<String, Tally> labelled = new TreeMap<>();
            withEmpty().forEach((beginning, tally) -> labelled.put(period.text(beginning), tally));
            printBars(out, ascii, period.name(), labelled);
        }
    }

    private static void printBars(OutputStream out, boolean ascii, String key, Map<String, Tally> tallies)
            throws IOException {
        long most =
                tallies.values().stream().mapToLong(tally -> tally.events).max().orElse(0);
        Bars bars = new Bars(ascii, most);
        Table table = new Table(key, "events", "duplicates", ascii ? "# first, - duplicate" : "█ first, ░ duplicate");
        tallies.forEach((label, tally) ->
                table.row(label, tally.events, tally.duplicates, bars.bar(tally.events, tally.duplicates)));
        out.write('\n');
        table.print(TableFormat.text, out);
    }

    /** With the stretches in between in which nothing came, so that a silent day is seen. */
    private Map<Instant, Tally> withEmpty() {
        Map<Instant, Tally> all = new TreeMap<>(periods);
        if (periods.isEmpty()) {
            return all;
        }
        Instant last = periods.lastKey();
        long between = (last.getEpochSecond() - periods.firstKey().getEpochSecond())
                / period.length().toSeconds();
        if (between <= MOST_EMPTY_PERIODS) {
            for (Instant at = periods.firstKey(); at.isBefore(last); at = at.plus(period.length())) {
                all.putIfAbsent(at, new Tally());
            }
        }
        return all;
    }
}
