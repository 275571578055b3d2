package io.zoomws.spi;

import java.util.List;

/**
 * What an instance failed on, to be taken by its constructor. The entries, and what is parked with them, are on disk. Methods
 * may be called by any thread.
 */
public interface ParkedQueue {

    /**
     * How many are parked.
     *
     * @return 0 or more
     */
    int size();

    /**
     * What is parked.
     *
     * @return a copy, by sequence
     * @throws JournalException if it cannot be read
     */
    List<ParkedEntry> entries();

    /**
     * Has an entry delivered again, soon and by the instance's thread. If that fails, it is parked again. Does nothing if it is
     * not parked.
     *
     * @param sequence of the entry
     * @throws JournalException if that cannot be written
     */
    void redrive(long sequence);

    /**
     * Forgets an entry: it is never delivered. Does nothing if it is not parked.
     *
     * @param sequence of the entry
     * @throws JournalException if that cannot be written
     */
    void discard(long sequence);
}
