package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts entries. */
@Command(
        name = "stats",
        description = "Counts the entries of a journal by kind, and its events by type; repeats are counted apart.")
final class JournalStatsCommand implements Callable<Integer> {

    /** The numbers of one kind of entry or one type of event. */
    private static final class Tally {
        private long count;
        private long duplicates;
        private @Nullable String first;
        private @Nullable String last;

        private void add(Entry entry) {
            count++;
            if (entry instanceof ZoomEvent event && event.duplicateOf().isPresent()) {
                duplicates++;
            }
            last = JsonLines.time(entry.receivedAt());
            first = first == null ? last : first;
        }
    }

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    @Option(names = "--from", paramLabel = "P", description = "First entry; default: earliest.")
    private Position from = Position.EARLIEST;

    @Option(names = "--to", paramLabel = "P", description = "Stop before this entry; default: latest.")
    private Position to = Position.LATEST;

    private final Streams streams;
    private final StopRequest stop;

    JournalStatsCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        JournalOptions.Choice choice = journal.choose();
        Map<EntryKind, Tally> kinds = new TreeMap<>();
        Map<String, Tally> events = new TreeMap<>();
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            long end = Math.min(reader.resolve(to), reader.resolve(Position.LATEST));
            try (Tailer tailer = reader.tail(reader.resolve(from))) {
                while (tailer.position() < end) {
                    if (stop.isRequested()) {
                        throw new CommandException("stopped before the end of the journal");
                    }
                    Entry entry = tailer.poll();
                    if (entry == null || entry.sequence() >= end) {
                        break;
                    }
                    kinds.computeIfAbsent(entry.kind(), ignored -> new Tally()).add(entry);
                    if (entry instanceof ZoomEvent event) {
                        events.computeIfAbsent(event.type(), ignored -> new Tally())
                                .add(entry);
                    }
                }
            }
        }
        Table table = new Table("kind", "event", "count", "duplicates", "firstReceivedAt", "lastReceivedAt");
        kinds.forEach(
                (kind, tally) -> table.row(kind.label(), null, tally.count, tally.duplicates, tally.first, tally.last));
        events.forEach((type, tally) ->
                table.row(EntryKind.EVENT.label(), type, tally.count, tally.duplicates, tally.first, tally.last));
        table.print(format, streams.data());
        return ExitStatus.DONE;
    }
}
