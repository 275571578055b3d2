package io.zoomws.server.cli;

import io.zoomws.server.parking.ParkedStore;
import java.util.List;
import java.util.SortedSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which parked entries of one instance something is done with. */
final class ParkedSelection {

    @Parameters(index = "0", paramLabel = "NAME", description = "The plugin instance, see 'parked list'.")
    private String name = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "SEQUENCE", description = "The entries.")
    private List<Long> named = List.of();

    @Option(names = "--all", description = "All that are parked now, instead of single ones.")
    private boolean all;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    String name() {
        return name;
    }

    /** The entries that are meant, all of which are there. */
    SortedSet<Long> of(ParkedStore store) throws CommandException {
        if (all == !named.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "say which: sequences, or --all");
        }
        return all ? store.sequences() : ParkedChoice.sequences(name, store, named);
    }

    /** How many there are, for a sentence. */
    static String count(int entries) {
        return entries == 1 ? "1 entry" : entries + " entries";
    }
}
