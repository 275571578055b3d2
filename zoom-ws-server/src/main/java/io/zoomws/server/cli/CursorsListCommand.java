package io.zoomws.server.cli;

import io.zoomws.journal.CursorState;
import io.zoomws.journal.Journals;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints how the cursors are. */
@Command(
        name = "list",
        description = {
            "Prints the positions of the consumers of a journal: where each goes on, how many entries are still to come, whether"
                    + " retention waits for it, who has it open, and its condition.",
            "",
            "Conditions: ok; never saved (open, and has no position yet); too old (before the oldest entry: what lies between was"
                    + " removed and not handled); future (behind the end: saved for another journal); corrupt and lost (it had a"
                    + " position, and the file is damaged or gone)."
        })
final class CursorsListCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;

    CursorsListCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        JournalOptions.Choice choice = journal.choose();
        Table table = new Table("name", "position", "lag", "required", "condition", "holder");
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            long earliest = reader.resolve(Position.EARLIEST);
            long end = reader.resolve(Position.LATEST);
            for (CursorState cursor :
                    Journals.cursors(choice.data(), choice.subscription()).list(earliest, end)) {
                table.row(
                        cursor.name(),
                        cursor.position().isPresent() ? cursor.position().getAsLong() : null,
                        cursor.lag().isPresent() ? cursor.lag().getAsLong() : null,
                        cursor.required(),
                        cursor.condition().label(),
                        cursor.holder().orElse(null));
            }
        }
        table.print(format, streams.data());
        return ExitStatus.DONE;
    }
}
