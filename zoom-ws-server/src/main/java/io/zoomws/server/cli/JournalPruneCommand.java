package io.zoomws.server.cli;

import io.zoomws.journal.Retention;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.journal.RetentionReport;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Removes the oldest segments of a journal. */
@Command(
        name = "prune",
        description = {
            "Removes the oldest entries of a journal, by whole segments, also beside a running server. The segment that holds the"
                    + " newest entry stays, and so does what a required cursor has not passed.",
            "",
            "Prints what is removed: kind segment with name, first and last sequence and time, and bytes (about); kind lost for"
                    + " each cursor whose consumer has not handled it; kind held-back for the required cursor that keeps more"
                    + " from being removed, with its position as first."
        })
final class JournalPruneCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Option(
            names = "--older-than",
            paramLabel = "D",
            description = "Remove segments whose newest entry is older, for example 30d.")
    private @Nullable Duration olderThan;

    @Option(
            names = "--larger-than",
            paramLabel = "S",
            description = "Remove the oldest segments until the rest is not larger, for example 20GB.")
    private @Nullable ByteCount largerThan;

    @Option(
            names = "--keep-free",
            paramLabel = "S",
            description = "Remove the oldest segments until so much is free on the file system, for example 5GB.")
    private @Nullable ByteCount keepFree;

    @Option(names = "--dry-run", description = "Only print what would be removed.")
    private boolean dryRun;

    @Option(
            names = "--past-required",
            description = "Do not wait for required cursors: their consumers LOSE what they have not handled.")
    private boolean pastRequired;

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;

    JournalPruneCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        RetentionPolicy policy =
                new RetentionPolicy(Optional.ofNullable(olderThan), bytes(largerThan), bytes(keepFree));
        if (!policy.isLimited()) {
            throw new ParameterException(
                    spec.commandLine(), "say what to remove: --older-than, --larger-than or --keep-free");
        }
        JournalOptions.Choice choice = journal.choose();
        Retention retention = new Retention(choice.data(), choice.subscription(), Clock.systemUTC());
        RetentionReport report =
                dryRun ? retention.preview(policy, pastRequired) : retention.apply(policy, pastRequired);
        table(report).print(format, streams.data());
        summarize(report, streams.messages());
        return ExitStatus.DONE;
    }

    private static OptionalLong bytes(@Nullable ByteCount count) {
        return count == null ? OptionalLong.empty() : OptionalLong.of(count.bytes());
    }

    private static Table table(RetentionReport report) {
        Table table = new Table("kind", "name", "first", "last", "firstReceivedAt", "lastReceivedAt", "bytes");
        for (RetentionReport.RemovedSegment segment : report.segments()) {
            table.row(
                    "segment",
                    String.valueOf(segment.number()),
                    segment.first(),
                    segment.last(),
                    segment.firstReceivedAt().map(JsonLines::time).orElse(null),
                    segment.lastReceivedAt().map(JsonLines::time).orElse(null),
                    segment.bytes());
        }
        for (RetentionReport.Loss loss : report.losses()) {
            table.row("lost", loss.cursor(), loss.first(), loss.last(), null, null, null);
        }
        report.heldBack()
                .ifPresent(held -> table.row(
                        "held-back",
                        held.cursor(),
                        held.position().isPresent() ? held.position().getAsLong() : null,
                        null,
                        null,
                        null,
                        null));
        return table;
    }

    private void summarize(RetentionReport report, PrintStream messages) {
        String removed = dryRun ? "would remove" : "removed";
        if (report.segments().isEmpty()) {
            messages.println("zoom-ws: " + removed + " nothing from the journal of " + report.subscription());
        } else {
            messages.println("zoom-ws: " + removed + " sequences "
                    + report.segments().get(0).first() + " to "
                    + (report.oldestLeft().orElse(0) - 1) + " from the journal of " + report.subscription() + ": "
                    + report.segments().size() + " segments, " + report.bytes() + " bytes");
        }
        for (RetentionReport.Loss loss : report.losses()) {
            messages.println(
                    "zoom-ws: WARN: the consumer of the cursor " + loss.cursor() + (dryRun ? " would lose" : " lost")
                            + " sequences " + loss.first() + " to " + loss.last() + ", which it has not handled");
        }
        report.heldBack()
                .ifPresent(held -> messages.println("zoom-ws: the cursor " + held.cursor()
                        + " is required and keeps more from being removed: let its consumer catch up, or say"
                        + " --past-required to lose what it has not handled"));
    }
}
