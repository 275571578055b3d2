package io.zoomws.server.cli;

import io.zoomws.journal.CursorState;
import io.zoomws.journal.Journals;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.parking.ParkedStore;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what the user means among what is parked in one subscription, and says what is there if that is not. */
final class ParkedChoice {

    /** More sequences than this are not told. */
    private static final int MOST_TOLD = 20;

    private final JournalOptions.Choice journal;

    ParkedChoice(JournalOptions.Choice journal) {
        this.journal = journal;
    }

    /** The instances that have parked something at some time, in order. */
    SortedSet<String> instances() {
        return new TreeSet<>(files().parkedNames());
    }

    /** What one instance has parked; nothing perhaps, if it is one that has a cursor. */
    ParkedStore store(String instance) throws CommandException {
        SortedSet<String> known = instances();
        if (!known.contains(instance) && cursor(instance).isEmpty()) {
            throw new CommandException("there is no plugin instance " + instance + " in " + journal.subscription()
                    + (known.isEmpty()
                            ? ", and nothing is parked"
                            : ", and only these have parked something: " + String.join(", ", known)));
        }
        return new ParkedStore(files().parked(instance));
    }

    /** Who runs an instance now, if anybody does. */
    Optional<String> holder(String instance) {
        return cursor(instance).flatMap(CursorState::holder);
    }

    /** The sequences that the user named, all of which have to be parked. */
    static SortedSet<Long> sequences(String instance, ParkedStore store, List<Long> named) throws CommandException {
        SortedSet<Long> there = store.sequences();
        for (long sequence : named) {
            if (!there.contains(sequence)) {
                throw new CommandException(
                        "sequence " + sequence + " of " + instance + " is not parked, only: " + told(there));
            }
        }
        return new TreeSet<>(named);
    }

    private static String told(SortedSet<Long> sequences) {
        if (sequences.isEmpty()) {
            return "nothing";
        }
        String some = sequences.stream().limit(MOST_TOLD).map(String::valueOf).collect(Collectors.joining(", "));
        int more = sequences.size() - MOST_TOLD;
        return more > 0 ? some + " and " + more + " more" : some;
    }

    private Optional<CursorState> cursor(String instance) {
        // Where the journal begins and ends matters only to what is not asked here.
        return Journals.cursors(journal.data(), journal.subscription()).list(1, Long.MAX_VALUE).stream()
                .filter(cursor -> cursor.name().equals(instance))
                .findAny();
    }

    private InstanceFiles files() {
        return InstanceFiles.in(journal.data(), journal.subscription());
    }
}
