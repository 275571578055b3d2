package io.zoomws.server.cli;

import io.zoomws.server.parking.ParkedStore;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Forgets parked entries. */
@Command(
        name = "discard",
        description = {
            "Forgets parked entries: the instance is never handed them. The journal keeps them as long as any other.",
            "",
            "Those that waited for one of their key follow by themselves once it is discarded."
        })
final class ParkedDiscardCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Mixin
    private final ParkedSelection selection = new ParkedSelection();

    private final Streams streams;

    ParkedDiscardCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        ParkedStore store = new ParkedChoice(journal.choose()).store(selection.name());
        SortedSet<Long> sequences = selection.of(store);
        sequences.forEach(store::discard);
        streams.messages()
                .println("zoom-ws: " + ParkedSelection.count(sequences.size()) + " of " + selection.name()
                        + " discarded");
        return ExitStatus.DONE;
    }
}
