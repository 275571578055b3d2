package io.zoomws.server.cli;

import io.zoomws.server.parking.ParkedStore;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has parked entries delivered again. */
@Command(
        name = "redrive",
        description = {
            "Has parked entries delivered again, by the instance that failed on them: within a second if it runs, or else at its"
                    + " next start. What fails again is parked again.",
            "",
            "Of a key, only the first is delivered; the others follow in their order, those with 0 attempts by themselves."
        })
final class ParkedRedriveCommand implements Callable<Integer> {

    /** How the names of replays begin. */
    private static final String REPLAY = "replay-";

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Mixin
    private final ParkedSelection selection = new ParkedSelection();

    private final Streams streams;

    ParkedRedriveCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        ParkedChoice choice = new ParkedChoice(journal.choose());
        ParkedStore store = choice.store(selection.name());
        SortedSet<Long> sequences = selection.of(store);
        if (selection.name().startsWith(REPLAY)) {
            throw new CommandException(
                    selection.name() + " is a replay, which delivers nothing again: replay those sequences once more");
        }
        for (long sequence : sequences) {
            store.entry(sequence); // one that is damaged is refused by name
        }
        sequences.forEach(store::redrive);
        Optional<String> holder = choice.holder(selection.name());
        streams.messages()
                .println("zoom-ws: " + ParkedSelection.count(sequences.size()) + " of " + selection.name()
                        + " will be delivered again "
                        + holder.map(who -> "now, by " + who).orElse("at its next start: it does not run"));
        return ExitStatus.DONE;
    }
}
