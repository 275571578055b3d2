package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.server.json.JsonText;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.Entry;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints one parked entry. */
@Command(
        name = "show",
        description =
                "Prints one entry that a plugin instance failed on, with all that is known of the failure. It is the copy that was"
                        + " parked: the journal need not have it any more.")
final class ParkedShowCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "The plugin instance, see 'parked list'.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "SEQUENCE", description = "The entry.")
    private long sequence;

    @Option(
            names = "--format",
            defaultValue = "text",
            description =
                    "${COMPLETION-CANDIDATES}; default: text. json: one object for the failure and one for the entry, as 'journal"
                            + " cat' has it. raw: the bytes of the entry and nothing else.")
    private EntryFormat format = EntryFormat.text;

    private final Streams streams;

    ParkedShowCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        ParkedStore store = new ParkedChoice(journal.choose()).store(name);
        ParkedChoice.sequences(name, store, List.of(sequence));
        Entry entry = store.entry(sequence).orElseThrow(this::gone);
        ParkedEntry about = store.about(sequence).orElseThrow(this::gone);
        OutputStream out = streams.data();
        switch (format) {
            case text -> printText(about, out);
            case json -> printJson(about, out);
            case raw -> {}
        }
        EntryPrinter printer = format.printer(out);
        printer.print(entry);
        printer.flush();
        if (format == EntryFormat.text && entry instanceof ZoomEvent event) {
            line(out, JsonText.verbatim(event.json()));
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private CommandException gone() {
        return new CommandException("sequence " + sequence + " of " + name
                + " is not parked any more: it was delivered or discarded a moment ago");
    }

    private void printText(ParkedEntry about, OutputStream out) throws IOException {
        line(out, "instance  " + name);
        line(out, "parked    " + JsonLines.time(about.parkedAt()));
        line(out, "attempts  " + about.attempts());
        line(out, "key       " + Text.printable(about.key().orElse("-")));
        line(out, "error     " + Text.printable(about.error()));
    }

    private void printJson(ParkedEntry about, OutputStream out) throws IOException {
        try (JsonGenerator generator = JsonLines.generator(out)) {
            generator.writeStartObject();
            generator.writeStringField("instance", name);
            generator.writeNumberField("sequence", about.sequence());
            generator.writeStringField("event", about.event());
            generator.writeStringField("parkedAt", JsonLines.time(about.parkedAt()));
            generator.writeNumberField("attempts", about.attempts());
            generator.writeStringField("key", about.key().orElse(null));
            generator.writeStringField("error", about.error());
            generator.writeEndObject();
            JsonLines.endLine(generator);
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
