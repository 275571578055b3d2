package io.zoomws.server.cli;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import java.io.IOException;
import java.time.Instant;

/** Prints a journal's entries in one format. */
interface EntryPrinter {

    /** Whether an entry is a note of the server about itself: a control frame comes over some connection. */
    static boolean isNote(Entry entry) {
        return entry.kind() == EntryKind.CONTROL && entry.connection() == 0;
    }

    /** Prints one entry. */
    void print(Entry entry) throws IOException;

    /**
     * Prints the interval without a proven connection that has not ended yet. It is no entry: it has no sequence.
     *
     * @param subscription whose journal
     * @param from its beginning
     * @param cause as far as known
     */
    void printOpenGap(String subscription, Instant from, String cause) throws IOException;

    /** Hands on everything printed so far. */
    void flush() throws IOException;
}
