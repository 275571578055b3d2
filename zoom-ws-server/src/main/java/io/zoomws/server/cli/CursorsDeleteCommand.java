package io.zoomws.server.cli;

import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Forgets a cursor. */
@Command(
        name = "delete",
        description =
                "Forgets a cursor, while its consumer does not run: that begins as a new one does, and retention does not"
                        + " wait for it.")
final class CursorsDeleteCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Parameters(paramLabel = "NAME", description = "The cursor.")
    private String name = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Streams streams;

    CursorsDeleteCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        JournalOptions.Choice choice = journal.choose();
        CursorStore cursors = Journals.cursors(choice.data(), choice.subscription());
        CursorNames.checked(spec.commandLine(), () -> cursors.delete(name));
        streams.messages().println("zoom-ws: the cursor " + name + " is forgotten");
        return ExitStatus.DONE;
    }
}
