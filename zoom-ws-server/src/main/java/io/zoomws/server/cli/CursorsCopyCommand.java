package io.zoomws.server.cli;

import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a cursor. */
@Command(
        name = "copy",
        description = "Gives another cursor the position of this one, as for a second instance of a plugin.")
final class CursorsCopyCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Parameters(index = "0", paramLabel = "FROM", description = "Whose position.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "The other one; its consumer must not run.")
    private String to = "";

    @Option(names = "--force", description = "Overwrite the position of the other one.")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;

    CursorsCopyCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        JournalOptions.Choice choice = journal.choose();
        CursorStore cursors = Journals.cursors(choice.data(), choice.subscription());
        CursorNames.checked(spec.commandLine(), () -> cursors.copy(from, to, force));
        streams.messages().println("zoom-ws: the cursor " + to + " stands where " + from + " does");
        return ExitStatus.DONE;
    }
}
