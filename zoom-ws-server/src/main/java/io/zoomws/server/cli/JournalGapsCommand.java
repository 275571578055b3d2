package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.journal.OpenGap;
import io.zoomws.server.StopRequest;
import io.zoomws.server.gaps.GapCounter;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists gaps. */
@Command(
        name = "gaps",
        description = {
            "Prints the intervals in which events may have been missed, and their totals. Time that several of them cover"
                    + " counts once in a total. One that has not ended yet comes after the others and is in no total.",
            "",
            "With --format json each gap is an object with the keys kind (gap), subscription, sequence, receivedAt, from, to,"
                    + " seconds, cause and category; sequence, receivedAt and to are null while it is open, and seconds count"
                    + " up to now. The last object is of kind total, with subscription, count, seconds, categories (each with"
                    + " category, count, seconds), unreadable and open (true or false)."
        })
final class JournalGapsCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    @Mixin
    private final RangeOptions range = new RangeOptions();

    private final Streams streams;
    private final StopRequest stop;

    JournalGapsCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        JournalOptions.Choice choice = journal.choose();
        GapPrinter printer =
                switch (format) {
                    case text -> new GapText(streams.data());
                    case json -> new GapLines(streams.data(), choice.subscription());
                };
        GapCounter counter = new GapCounter();
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            print(reader, counter, printer);
        }
        Optional<OpenGap> open =
                range.isOpenEnded() ? Journals.openGap(choice.data(), choice.subscription()) : Optional.empty();
        if (open.isPresent()) {
            printer.printOpen(open.get(), Clock.systemUTC().instant());
        }
        printer.printTotals(counter.totals(), open.isPresent());
        return ExitStatus.DONE;
    }

    private void print(JournalReader reader, GapCounter counter, GapPrinter printer)
            throws IOException, CommandException {
        RangeOptions.Range asked = range.resolve(reader);
        try (Tailer tailer = reader.tail(asked.from(), EnumSet.of(EntryKind.GAP), EventFilter.all())) {
            while (tailer.position() < asked.to()) {
                if (stop.isRequested()) {
                    throw new CommandException("stopped before the end of the journal");
                }
                Entry entry = tailer.poll();
                if (entry == null) {
                    continue;
                }
                if (entry.sequence() >= asked.to()) {
                    return;
                }
                counter.add(entry);
                if (entry instanceof Gap gap) {
                    printer.print(gap);
                } else if (entry.kind() == EntryKind.GAP) {
                    streams.messages()
                            .println("zoom-ws: the bounds of the gap at sequence " + entry.sequence()
                                    + " cannot be read: look at it with zoom-ws journal cat --from "
                                    + entry.sequence());
                }
            }
        }
    }
}
