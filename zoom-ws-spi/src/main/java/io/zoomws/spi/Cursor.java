package io.zoomws.spi;

import java.util.OptionalLong;

/** A named, durable position in a journal, held by one consumer. One thread at a time. */
public interface Cursor extends AutoCloseable {

    /**
     * The name under which it was opened.
     *
     * @return the name
     */
    String name();

    /**
     * The position last saved.
     *
     * @return the sequence of the next entry to be handled, or empty if none was ever saved
     */
    OptionalLong position();

    /**
     * Saves a position. When this returns, the position survives a crash of the process and of the machine.
     *
     * @param sequence of the next entry to be handled, from 1
     * @throws JournalException if it cannot be written; the position saved before remains in force
     */
    void save(long sequence);

    /** Lets go of the cursor, so that another consumer can open it. A second call does nothing. */
    @Override
    void close();
}
