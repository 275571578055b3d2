package io.zoomws.server.cli;

import io.zoomws.journal.JournalBackup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies a journal. */
@Command(
        name = "backup",
        description =
                "Copies a journal and its cursors to a directory, also beside a running server: all that is durable when it"
                        + " begins. What is there of an earlier backup is not copied again; one that was cut short goes on where it"
                        + " was. Every entry is verified. Status 1 if some are damaged in the journal itself.")
final class JournalBackupCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Parameters(paramLabel = "TARGET", description = "A new directory, or an earlier backup of the same journal.")
    private Path target = Path.of("");

    private final Streams streams;

    JournalBackupCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        JournalOptions.Choice choice = journal.choose();
        JournalBackup.Report report = JournalBackup.backup(choice.data(), choice.subscription(), target);
        streams.messages()
                .println("zoom-ws: " + target + " holds the journal of " + report.subscription() + " up to sequence "
                        + report.last() + ": " + report.segments() + " segments, " + report.copied()
                        + " of them copied now (" + report.bytes() + " bytes)");
        if (report.damaged() > 0) {
            throw new CommandException(report.damaged()
                    + " entries are damaged in the journal, and so in the backup: see 'zoom-ws journal verify'");
        }
        return ExitStatus.DONE;
    }
}
