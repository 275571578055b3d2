package io.zoomws.spi;

import java.util.Set;

/**
 * Reads one subscription's journal; any number of readers may do so, in the process that writes it and in others.
 *
 * <p>Only durable entries are seen, in sequence order, without holes; only where a journal was restored from a backup it goes on
 * with a higher sequence, and its OPENED entry says so. Methods may be called by any thread; a
 * {@link Tailer} belongs to one thread at a time.
 */
public interface JournalReader extends AutoCloseable {

    /**
     * The subscription whose journal this is.
     *
     * @return the name given to it in the configuration
     */
    String subscription();

    /**
     * Turns a position into a sequence number. A range is half-open: it begins with the entry at {@code resolve(from)} and
     * ends before the entry at {@code resolve(to)}.
     *
     * @param position where
     * @return the sequence of the first entry at or after the position; one more than the newest durable sequence if there
     *     is none yet. A {@link Position.Sequence} is returned as it is.
     * @throws JournalException if the journal cannot be read
     */
    long resolve(Position position);

    /**
     * Begins to read.
     *
     * @param sequence of the first entry wanted, from 1. If retention has removed it, reading begins with the oldest entry
     *     there is: compare the sequence of the first entry.
     * @return a tailer, to be closed by the caller
     * @throws JournalException if the journal cannot be read
     */
    Tailer tail(long sequence);

    /**
     * Begins to read, leaving out what is not wanted; where a journal can tell that without reading an entry, it does, so
     * that rare entries are found fast among many. Filtering in this way never changes which sequence an entry has.
     *
     * <p>{@link Tailer#position()} moves on over what is left out: save it, also while nothing comes. A poll looks at a
     * bounded number of entries, so it may return null before the durable end if none of them was wanted: the end is
     * reached when the position is. An entry that may be wanted and is damaged on disk is given as one of kind
     * {@link EntryKind#QUARANTINE}, whatever kinds are wanted.
     *
     * @param sequence as for {@link #tail(long)}; if retention has removed it, the position tells at once
     * @param kinds which kinds are wanted
     * @param events which events, if their kind is wanted
     * @return a tailer, to be closed by the caller
     * @throws JournalException if the journal cannot be read
     */
    default Tailer tail(long sequence, Set<EntryKind> kinds, EventFilter events) {
        return new FilteredTailer(tail(sequence), Set.copyOf(kinds), events);
    }

    /** Closes this reader and every tailer opened by it. A second call does nothing. */
    @Override
    void close();
}
