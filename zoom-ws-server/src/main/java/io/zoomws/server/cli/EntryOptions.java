package io.zoomws.server.cli;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that choose entries of a journal. */
final class EntryOptions {

    /** What becomes of events that repeat an earlier one. */
    enum Duplicates {
        /** They are entries like others. */
        include,
        /** They are left out. */
        exclude,
        /** Of the events there is nothing else. */
        only;

        private boolean matches(ZoomEvent event) {
            return this == include || event.duplicateOf().isPresent() == (this == only);
        }
    }

    @Mixin
    private final RangeOptions range = new RangeOptions();

    @Option(
            names = {"--event", "--events"},
            paramLabel = "GLOB",
            split = ",",
            description = "Only events of this type, for example meeting.*; may be repeated.")
    private List<String> events = List.of();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            split = ",",
            description = "Only entries of this kind, for example gap; may be repeated.")
    private List<EntryKind> kinds = List.of();

    @Option(
            names = "--duplicates",
            defaultValue = "include",
            description = "Events that repeat an earlier one: ${COMPLETION-CANDIDATES}; default: include.")
    private Duplicates duplicates = Duplicates.include;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    RangeOptions range() {
        return range;
    }

    /** Asking for some events leaves out everything else, unless that is asked for too. */
    Set<EntryKind> kinds() {
        if (!kinds.isEmpty()) {
            return EnumSet.copyOf(kinds);
        }
        boolean all = events.isEmpty() && duplicates != Duplicates.only;
        return all ? EnumSet.allOf(EntryKind.class) : EnumSet.of(EntryKind.EVENT);
    }

    /** Whether kinds were named at all. */
    boolean namesKinds() {
        return !kinds.isEmpty();
    }

    /** Begins to read; entries that are not wanted may come all the same, see {@link #filter()}. */
    Tailer tail(JournalReader reader, long from) {
        return reader.tail(from, kinds(), Converters.filter(events, command.commandLine()));
    }

    /** Chooses entries, whatever the range. */
    Predicate<Entry> filter() {
        Set<EntryKind> wanted = kinds();
        EventFilter filter = Converters.filter(events, command.commandLine());
        return entry -> wanted.contains(entry.kind())
                && (!(entry instanceof ZoomEvent event) || (filter.matches(event.type()) && duplicates.matches(event)));
    }
}
