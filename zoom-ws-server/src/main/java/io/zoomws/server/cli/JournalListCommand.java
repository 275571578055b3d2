package io.zoomws.server.cli;

import io.zoomws.journal.JournalSummary;
import io.zoomws.journal.Journals;
import io.zoomws.journal.OpenGap;
import io.zoomws.spi.JournalException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints which journals there are. */
@Command(
        name = "list",
        description = {
            "Prints the journals in a data directory, one for each subscription.",
            "",
            "holder is the process that writes the journal now, epoch how often one has opened it; openGapSince and openGapCause"
                    + " tell of the interval without a connection that has not ended yet. bytes are those of cycle files and"
                    + " indexes that hold entries. With --format json the keys are those of the columns, null where there is"
                    + " nothing."
        })
final class JournalListCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;
    private int status = ExitStatus.DONE;

    JournalListCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Path data = configuration.dataDirectory();
        List<String> subscriptions = Journals.subscriptions(data);
        if (subscriptions.isEmpty()) {
            throw new CommandException(
                    "there is no journal in " + data + ": name the data directory of a server with --data");
        }
        Table table = new Table(
                "subscription",
                "first",
                "last",
                "firstReceivedAt",
                "lastReceivedAt",
                "bytes",
                "entries",
                "segments",
                "epoch",
                "holder",
                "openGapSince",
                "openGapCause");
        for (String subscription : subscriptions) {
            try {
                list(data, subscription, table);
            } catch (JournalException e) {
                // One that cannot be read hides none of the others.
                streams.messages().println("zoom-ws: " + e.getMessage());
                status = ExitStatus.FAILED;
            }
        }
        table.print(format, streams.data());
        return status;
    }

    private static void list(Path data, String subscription, Table table) {
        JournalSummary summary = Journals.summary(data, subscription);
        Optional<OpenGap> gap = Journals.openGap(data, subscription);
        boolean empty = summary.entries() == 0;
        table.row(
                subscription,
                empty ? null : summary.firstSequence(),
                empty ? null : summary.lastSequence(),
                summary.firstReceivedAt().map(JsonLines::time).orElse(null),
                summary.lastReceivedAt().map(JsonLines::time).orElse(null),
                summary.bytes(),
                summary.entries(),
                summary.segments(),
                summary.epoch(),
                Journals.holder(data, subscription).orElse(null),
                gap.map(open -> JsonLines.time(open.from())).orElse(null),
                gap.map(OpenGap::cause).orElse(null));
    }
}
