package io.zoomws.spi;

import java.time.Instant;

/**
 * One entry of a journal: immutable, durable, and at the same {@link #sequence()} for ever.
 *
 * <p>Entries of kind {@link EntryKind#EVENT} are {@link ZoomEvent}s, entries of kind {@link EntryKind#GAP} are
 * {@link Gap}s. Implementations are safe for use by any thread and remain valid after the reader they came from is
 * closed.
 */
public interface Entry {

    /**
     * The position of this entry.
     *
     * @return a number that rises by exactly one from entry to entry, from 1
     */
    long sequence();

    /**
     * What this entry is about.
     *
     * @return the kind, derived from the bytes for frames
     */
    EntryKind kind();

    /**
     * The subscription whose journal holds this entry.
     *
     * @return the name given to it in the configuration
     */
    String subscription();

    /**
     * When the bytes of this entry were received, or, for an entry that is no frame, when it was made.
     *
     * @return an instant with nanosecond fields, never earlier than that of the entry before
     */
    Instant receivedAt();

    /**
     * The connection on which the frame arrived.
     *
     * @return a number from 1 that is unique within the journal, or 0 for an entry that belongs to no connection
     */
    long connection();

    /**
     * The bytes of this entry: for a frame exactly what arrived, otherwise a JSON object in UTF-8 that describes the entry.
     *
     * @return a new array with each call
     */
    byte[] payload();
}
