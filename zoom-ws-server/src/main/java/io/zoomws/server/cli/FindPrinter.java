package io.zoomws.server.cli;

import io.zoomws.journal.OpenGap;
import io.zoomws.server.find.MissedIn;
import io.zoomws.spi.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Prints what {@code journal find} found in one format. Never content: {@code journal cat} shows that. */
interface FindPrinter {

    /**
     * The stretch of a journal that was searched.
     *
     * @param from its first sequence
     * @param to its last sequence, below the first if it is empty
     * @param firstReceivedAt when its first entry was received
     * @param lastReceivedAt when its last entry was received
     * @param found how many entries hold the text
     * @param complete whether all of it was looked at, rather than the limit reached
     */
    record Searched(
            long from,
            long to,
            Optional<Instant> firstReceivedAt,
            Optional<Instant> lastReceivedAt,
            long found,
            boolean complete) {}

    /** Prints an entry that holds the text. */
    void print(Entry entry, List<String> places) throws IOException;

    /** Says what was searched, and, if nothing was found there, where it may have been missed. */
    void printSearched(Searched searched, MissedIn missed, Optional<OpenGap> open, Instant now) throws IOException;
}
