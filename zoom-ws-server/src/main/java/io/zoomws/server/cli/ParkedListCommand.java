package io.zoomws.server.cli;

import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.ParkedEntry;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what is parked. */
@Command(
        name = "list",
        description = {
            "Prints what plugin instances failed on, by instance and sequence.",
            "",
            "An entry with 0 attempts was not delivered, since an earlier one of its key is parked: it follows by itself once that"
                    + " is delivered or discarded. redrive: whether it is to be delivered again."
        })
final class ParkedListCommand implements Callable<Integer> {

    @Mixin
    private final JournalOptions journal = new JournalOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only of this plugin instance.")
    private @Nullable String name;

    @Option(names = "--format", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: text.")
    private TableFormat format = TableFormat.text;

    private final Streams streams;

    ParkedListCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        ParkedChoice choice = new ParkedChoice(journal.choose());
        Table table = new Table("instance", "sequence", "event", "parkedAt", "attempts", "redrive", "key", "error");
        SortedSet<String> instances = new TreeSet<>();
        if (name == null) {
            instances.addAll(choice.instances());
        } else {
            instances.add(name);
        }
        for (String instance : instances) {
            ParkedStore store = choice.store(instance);
            SortedSet<Long> requested = store.requested();
            for (ParkedEntry entry : store.entries()) {
                table.row(
                        instance,
                        entry.sequence(),
                        entry.event(),
                        JsonLines.time(entry.parkedAt()),
                        entry.attempts(),
                        requested.contains(entry.sequence()),
                        entry.key().orElse(null),
                        entry.error());
            }
        }
        table.print(format, streams.data());
        return ExitStatus.DONE;
    }
}
