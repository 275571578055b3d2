package io.zoomws.server.cli;

import io.zoomws.journal.JournalRestore;
import java.nio.file.Path;
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
                "Makes a journal of a backup, cursors included, in the data directory, where there must be none of that name."
                        + " Everything is verified first. A server goes on behind its last entry.")
final class JournalRestoreCommand implements Callable<Integer> {

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--subscription", paramLabel = "NAME", description = "Its name; default: the one that it had.")
    private @Nullable String subscription;

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
            report = JournalRestore.restore(source, data, Optional.ofNullable(subscription));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--subscription: " + e.getMessage(), e);
        }
        streams.messages()
                .println("zoom-ws: restored the journal of " + report.subscription() + " to " + data + ": sequences "
                        + report.first() + " to " + report.last() + ", " + report.cursors() + " cursors");
        return ExitStatus.DONE;
    }
}
