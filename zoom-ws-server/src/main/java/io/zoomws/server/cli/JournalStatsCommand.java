package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts entries. */
@Command(
        name = "stats",
        description = {
            "Counts the entries of a journal by kind, and its events by type and by day of receipt (UTC); repeats are counted"
                    + " apart.",
            "",
            "With --format json there is an object for each kind and each type, with the keys kind, event (null for a kind),"
                    + " count, duplicates, firstReceivedAt and lastReceivedAt; then one for each day or hour, with per, from,"
                    + " count (entries of all kinds), events and duplicates."
        })
final class JournalStatsCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Mixin
    private final RangeOptions range = new RangeOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    @Option(
            names = "--per",
            defaultValue = "day",
            description = "Also count by time: ${COMPLETION-CANDIDATES}; default: day.")
    private Period period = Period.day;

    @Option(
            names = "--ascii",
            description = "Draw bars with ASCII characters only; the default where the terminal is not UTF-8.")
    private boolean ascii;

    private final Streams streams;
    private final StopRequest stop;

    JournalStatsCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        JournalOptions.Choice choice = journal.choose();
        EntryCounts counts = new EntryCounts(period);
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            count(reader, range.resolve(reader), counts);
        }
        switch (format) {
            case text -> counts.printText(streams.data(), ascii || !Bars.suitsTerminal());
            case json -> counts.printJson(streams.data());
        }
        return ExitStatus.DONE;
    }

    private void count(JournalReader reader, RangeOptions.Range asked, EntryCounts counts) throws CommandException {
        ProgressLine progress = new ProgressLine(streams.messages());
        try (Tailer tailer = reader.tail(asked.from())) {
            while (tailer.position() < asked.to()) {
                if (stop.isRequested()) {
                    throw new CommandException("stopped before the end of the journal");
                }
                Entry entry = tailer.poll();
                if (entry == null || entry.sequence() >= asked.to()) {
                    break;
                }
                counts.add(entry);
                progress.bar(entry.sequence() - asked.from(), asked.to() - asked.from());
            }
        } finally {
            progress.end();
        }
    }
}
