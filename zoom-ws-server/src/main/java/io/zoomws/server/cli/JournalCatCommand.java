package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--from",
            paramLabel = "P",
            description = "First entry: earliest (default), latest, a sequence number or an ISO-8601 time.")
    private Position from = Position.EARLIEST;

    @Option(names = "--to", paramLabel = "P", description = "Stop before this entry; default: latest.")
    private @Nullable Position to;

    @Option(
            names = "--event",
            paramLabel = "GLOB",
            description = "Only events of this type, for example meeting.*; may be repeated.")
    private List<String> events = List.of();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            split = ",",
            description = "Only entries of this kind, for example gap; may be repeated.")
    private List<EntryKind> kinds = List.of();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as new entries come, until interrupted.")
    private boolean follow;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;
    private final StopRequest stop;

    JournalCatCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        EventFilter filter = Converters.filter(events, spec.commandLine());
        JournalOptions.Choice choice = journal.choose();
        EntryPrinter printer = format.printer(streams.data());
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            print(reader, reader.resolve(from), end(reader), filter, printer);
            if (to == null && !follow && wantedKinds().contains(EntryKind.GAP)) {
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

    /** Without following, no range ends later than the newest entry at the start. */
    private long end(JournalReader reader) {
        if (follow) {
            return to == null ? Long.MAX_VALUE : reader.resolve(to);
        }
        long latest = reader.resolve(Position.LATEST);
        return to == null ? latest : Math.min(reader.resolve(to), latest);
    }

    private void print(JournalReader reader, long first, long end, EventFilter filter, EntryPrinter printer)
            throws IOException, InterruptedException {
        Set<EntryKind> wanted = wantedKinds();
        try (Tailer tailer = reader.tail(first, wanted, filter)) {
            while (tailer.position() < end && !stop.isRequested()) {
                Entry entry = tailer.poll();
                if (entry == null && follow) {
                    printer.flush();
                    entry = tailer.poll(WAIT);
                }
                if (entry != null && entry.sequence() >= end) {
                    return;
                }
                if (entry != null && wanted.contains(entry.kind())) {
                    printer.print(entry);
                }
            }
        }
    }

    /** Asking for events by type leaves out everything else, unless that is asked for too. */
    private Set<EntryKind> wantedKinds() {
        if (!kinds.isEmpty()) {
            return EnumSet.copyOf(kinds);
        }
        return events.isEmpty() ? EnumSet.allOf(EntryKind.class) : EnumSet.of(EntryKind.EVENT);
    }
}
