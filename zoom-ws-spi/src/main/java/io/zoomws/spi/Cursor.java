package io.zoomws.spi;

import java.util.OptionalLong;

/** A named, durable position in a journal, held by one consumer. One thread at a time. */
public interface Cursor extends AutoCloseable {

    /**
     * The name under which it was opened, as {@code zoom-ws cursors list} shows it.
     *
     * @return the name, with that of the instance before it where the host puts it there
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

    /**
     * Whether the last save was one by {@link #saveAtRest(long)}. If not, entries from the position on may have been handled
     * already, by a consumer that ended without a word.
     *
     * @return false also where this is not known
     */
    default boolean isAtRest() {
        return false;
    }

    /**
     * Saves a position as {@link #save(long)} does, and that no entry from there on was given to a handler, as at an orderly
     * end. Before the next entry is given to one, {@link #save(long)} takes that back.
     *
     * @param sequence of the next entry to be handled, from 1
     * @throws JournalException if it cannot be written; what was saved before remains in force
     */
    default void saveAtRest(long sequence) {
        save(sequence);
    }

    /** Lets go of the cursor, so that another consumer can open it. A second call does nothing. */
    @Override
    void close();
}
