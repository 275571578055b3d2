package io.zoomws.server.cli;

import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sets a cursor. */
@Command(
        name = "set",
        description = "Sets where a consumer goes on, while it does not run; makes the cursor if there is none.")
final class CursorsSetCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The cursor; that of a plugin is named as its instance.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "P",
            description = "The next entry: earliest, latest, a sequence number or an ISO-8601 time.")
    private @Nullable Position position;

    @Option(
            names = "--required",
            arity = "1",
            paramLabel = "true|false",
            description =
                    "Whether retention waits for it. A plugin instance that is configured says so itself at each start.")
    private @Nullable Boolean required;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;

    CursorsSetCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        if (position == null && required == null) {
            throw new ParameterException(spec.commandLine(), "say what to set: a position, or --required");
        }
        JournalOptions.Choice choice = journal.choose();
        CursorStore cursors = Journals.cursors(choice.data(), choice.subscription());
        if (position != null) {
            long sequence = resolve(choice, position);
            CursorNames.checked(spec.commandLine(), () -> cursors.set(name, sequence));
            streams.messages().println("zoom-ws: the cursor " + name + " stands at sequence " + sequence);
        }
        if (required != null) {
            boolean waits = required;
            CursorNames.checked(spec.commandLine(), () -> cursors.require(name, waits));
            streams.messages()
                    .println("zoom-ws: retention " + (waits ? "waits" : "does not wait") + " for the cursor " + name);
        }
        return ExitStatus.DONE;
    }

    /** Only where there is something, or something is to come next: anything else would be skipped without a word. */
    private static long resolve(JournalOptions.Choice choice, Position position) throws CommandException {
        try (JournalReader reader = Journals.openReader(choice.data(), choice.subscription())) {
            long sequence = reader.resolve(position);
            long earliest = reader.resolve(Position.EARLIEST);
            long latest = reader.resolve(Position.LATEST);
            if (sequence < earliest || sequence > latest) {
                throw new CommandException("sequence " + sequence + " is not in the journal of "
                        + choice.subscription() + ", which holds " + earliest + " to " + (latest - 1) + ": use "
                        + earliest + " to " + latest + ", earliest or latest");
            }
            return sequence;
        }
    }
}
