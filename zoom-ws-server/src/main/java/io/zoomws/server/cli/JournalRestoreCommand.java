package io.zoomws.server.cli;

import io.zoomws.journal.JournalRestore;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.KnownSequences;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a journal of a backup. */
@Command(
        name = "restore",
        description =
                "Makes a journal of a backup, in the data directory, where there must be none of that name. Everything is"
                        + " verified first. Cursors come with it, but those that are there already stay. Sequences of entries"
                        + " that were lost are never given again: a server goes on behind the next multiple of a billion above"
                        + " every sequence that is known to a cursor, to what is parked, to a replay or to --beyond.")
final class JournalRestoreCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--subscription", paramLabel = "NAME", description = "Its name; default: the one that it had.")
    private @Nullable String subscription;

    @Option(
            names = "--beyond",
            paramLabel = "N",
            defaultValue = "0",
            description = "A sequence of the lost journal that is known elsewhere, as to a plugin's own database.")
    private long beyond;

    @Parameters(paramLabel = "SOURCE", description = "The directory that 'journal backup' wrote to.")
    private Path source = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;

    JournalRestoreCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        Path data = configuration.dataDirectory();
        JournalRestore.Report report;
        try {
            report = JournalRestore.restore(
                    source,
                    data,
                    Optional.ofNullable(subscription),
                    name -> Math.max(beyond, KnownSequences.highest(InstanceFiles.in(data, name))),
                    Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--subscription: " + e.getMessage(), e);
        }
        streams.messages()
                .println("zoom-ws: restored the journal of " + report.subscription() + " to " + data + ": sequences "
                        + report.first() + " to " + report.last() + ", " + report.cursors()
                        + " cursors; it goes on at sequence " + report.next());
        return ExitStatus.DONE;
    }
}
