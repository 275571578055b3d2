package io.zoomws.spi;

/**
 * Reads one subscription's journal; any number of readers may do so, in the process that writes it and in others.
 *
 * <p>Only durable entries are seen, in sequence order, without holes. Methods may be called by any thread; a
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

    /** Closes this reader and every tailer opened by it. A second call does nothing. */
    @Override
    void close();
}
