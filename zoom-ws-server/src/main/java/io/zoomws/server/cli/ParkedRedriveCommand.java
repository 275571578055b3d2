package io.zoomws.server.cli;

import io.zoomws.server.delivery.Replays;
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
        JournalOptions.Choice of = journal.choose();
        ParkedChoice choice = new ParkedChoice(of);
        ParkedStore store = choice.store(selection.name());
        SortedSet<Long> sequences = selection.of(store);
        Optional<String> replayed = Replays.in(of.data(), of.subscription()).replayed(selection.name());
        if (replayed.isPresent() && !sequences.isEmpty()) {
            throw new CommandException(selection.name()
                    + " is a replay, which delivers nothing again: when it has ended, replay from the first that it parked to the"
                    + " last with 'zoom-ws replay --plugin " + replayed.get() + " --as " + selection.name() + " "
                    + ReplayOutput.again(store.sequences()) + "'");
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
