package io.zoomws.server.cli;

import io.zoomws.journal.JournalReport;
import io.zoomws.journal.JournalVerifier;
import io.zoomws.server.StopRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies a journal. */
@Command(
        name = "verify",
        description = {
            "Reads a whole journal and prints what is wrong with it, one problem a line, and a summary: each announced entry is"
                    + " compared with its checksum, its place in the order and its index record; names of segments, mark,"
                    + " format and cursors are looked at. Works beside a running server, up to the newest entry as of the"
                    + " start, and changes nothing. Entries that a quarantine entry names are known to be lost, and no"
                    + " problem. Exit status 0 if the journal is sound, 1 if there is a problem.",
            "",
            "With --format json one object is printed, with the keys subscription, sound, fromSequence, toSequence, segments,"
                    + " segmentsRemoved (by retention meanwhile), entries (that are as they were written), bytes (read),"
                    + " seconds, bytesPerSecond, problemCount, problems (1,000 at most; each with problem, file,"
                    + " fromSequence, toSequence, what, remedy; sequences are null if it is not about entries),"
                    + " quarantined and skipped (each with fromSequence, toSequence). Skipped are sequences that no entry has, since"
                    + " the journal was restored from a backup."
        })
final class JournalVerifyCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;
    private final StopRequest stop;

    JournalVerifyCommand(Streams streams, StopRequest stop) {
        this.streams = streams;
        this.stop = stop;
    }

    @Override
    public Integer call() throws Exception {
        JournalOptions.Choice choice = journal.choose();
        ProgressLine progress = new ProgressLine(streams.messages());
        JournalReport report;
        try {
            report = JournalVerifier.verify(choice.data(), choice.subscription(), (entries, all) -> {
                progress.bar(entries, all);
                return !stop.isRequested();
            });
        } finally {
            progress.end();
        }
        if (!report.complete()) {
            throw new CommandException("stopped before the end of the journal");
        }
        switch (format) {
            case text -> VerifyOutput.printText(report, streams.data());
            case json -> VerifyOutput.printJson(report, choice.subscription(), streams.data());
        }
        return report.sound() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
