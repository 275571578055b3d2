package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints entries. */
@Command(
        name = "cat",
        description =
                "Prints the entries of a journal, of all kinds unless filtered. An interval without a connection that"
                        + " has not ended yet comes last, without a sequence.")
final class JournalCatCommand implements Callable<Integer> {

    private static final Duration WAIT = Duration.ofMillis(250);

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Option(
            names = "--format",
            defaultValue = "text",
            description =
                    "${COMPLETION-CANDIDATES}; default: text. json: one object a line, in which content and frame are what"
                            + " came; only line feeds between tokens become blanks, and control characters that were sent raw"
                            + " inside strings become escapes. raw: the bytes of the frames.")
    private EntryFormat format = EntryFormat.text;

    @Mixin
    private final EntryOptions entries = new EntryOptions();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as new entries come, until interrupted.")
    private boolean follow;

    private final Streams streams;
    private final StopRequest stop;

    JournalCatCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        Predicate<Entry> filter = entries.filter();
        JournalOptions.Choice choice = journal.choose();
        EntryPrinter printer = format.printer(streams.data());
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            RangeOptions range = entries.range();
            print(reader, follow ? range.resolveFollowing(reader) : range.resolve(reader), filter, printer);
            if (range.isOpenEnded() && !follow && entries.kinds().contains(EntryKind.GAP)) {
                var open = Journals.openGap(choice.data(), choice.subscription());
                if (open.isPresent()) {
                    printer.printOpenGap(
                            choice.subscription(), open.get().from(), open.get().cause());
                }
            }
        }
        printer.flush();
        // Ended early: what was printed is right, but it is not all that was asked for.
        return stop.isRequested() && !follow ? ExitStatus.FAILED : ExitStatus.DONE;
    }

    private void print(JournalReader reader, RangeOptions.Range range, Predicate<Entry> filter, EntryPrinter printer)
            throws IOException, InterruptedException {
        try (Tailer tailer = entries.tail(reader, range.from())) {
            while (tailer.position() < range.to() && !stop.isRequested()) {
                Entry entry = tailer.poll();
                if (entry == null && follow) {
                    printer.flush();
                    entry = tailer.poll(WAIT);
                }
                if (entry != null && entry.sequence() >= range.to()) {
                    return;
                }
                if (entry != null && filter.test(entry)) {
                    printer.print(entry);
                }
            }
        }
    }
}
