package io.zoomws.server.cli;

import io.zoomws.journal.Journals;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes entries to a file. */
@Command(
        name = "export",
        description = {
            "Writes the entries of a journal, up to the newest as of the start, to a file or to standard output.",
            "",
            "A file has its name only when it is complete and on the disk; one that exists is left alone without --force. It is"
                    + " readable by its owner only, since events carry live credentials."
        })
final class JournalExportCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Mixin
    private final EntryOptions entries = new EntryOptions();

    @Option(
            names = "--format",
            defaultValue = "json",
            description =
                    "${COMPLETION-CANDIDATES}; default: json, as journal cat --format json. raw: the bytes of the frames, as"
                            + " journal cat --format raw: one a line, with its length in front if it holds a line feed."
                            + " cloudevents: events as CloudEvents 1.0 in JSON, one a line.")
    private ExportFormat format = ExportFormat.json;

    @Option(names = "--compress", defaultValue = "none", description = "${COMPLETION-CANDIDATES}; default: none.")
    private Compression compression = Compression.none;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; default: standard output.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;
    private final StopRequest stop;
    private long written;
    private long damaged;

    JournalExportCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        Predicate<Entry> filter = filter();
        JournalOptions.Choice choice = journal.choose();
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            RangeOptions.Range range = entries.range().resolve(reader);
            if (output == null) {
                write(reader, range, filter, streams.data());
            } else {
                writeFile(reader, range, filter, output);
            }
        }
        if (damaged > 0) {
            streams.messages()
                    .println("zoom-ws: " + damaged + " quarantine entries of that stretch are left out: what they stand"
                            + " for is lost, see zoom-ws journal verify");
        }
        streams.messages().println(written + " entries" + (output == null ? "" : " in " + output));
        return ExitStatus.DONE;
    }

    private Predicate<Entry> filter() {
        Predicate<Entry> filter = entries.filter();
        if (format == ExportFormat.cloudevents
                && entries.namesKinds()
                && !entries.kinds().equals(Set.of(EntryKind.EVENT))) {
            throw new ParameterException(
                    spec.commandLine(), "--kind: only events can be CloudEvents: leave it out, or use --format json");
        }
        return filter;
    }

    private void writeFile(JournalReader reader, RangeOptions.Range range, Predicate<Entry> filter, Path name)
            throws IOException, CommandException {
        try (ExportFile file = ExportFile.begin(name, force)) {
            write(reader, range, filter, file.stream());
            file.complete();
        } catch (IOException e) {
            throw new CommandException("cannot write " + name + ": " + e.getMessage());
        }
    }

    private void write(JournalReader reader, RangeOptions.Range range, Predicate<Entry> filter, OutputStream target)
            throws IOException, CommandException {
        ProgressLine progress = new ProgressLine(streams.messages());
        try (OutputStream out = compression.over(target);
                Tailer tailer = entries.tail(reader, range.from())) {
            EntryPrinter printer = format.printer(out);
            while (tailer.position() < range.to()) {
                if (stop.isRequested()) {
                    throw new CommandException("stopped before the end"
                            + (output == null ? ": what was written is not all" : ": nothing was written"));
                }
                Entry entry = tailer.poll();
                if (entry == null) {
                    continue; // none that is wanted, so far
                }
                if (entry.sequence() >= range.to()) {
                    break;
                }
                print(entry, filter, printer);
                progress.bar(entry.sequence() - range.from(), range.to() - range.from());
            }
            printer.flush();
        } finally {
            progress.end();
        }
    }

    private void print(Entry entry, Predicate<Entry> filter, EntryPrinter printer) throws IOException {
        if (format.holds(entry) && filter.test(entry)) {
            printer.print(entry);
            written++;
        } else if (entry.kind() == EntryKind.QUARANTINE) {
            damaged++;
        }
    }
}
