package io.zoomws.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Walks along a journal, entry by entry. One thread at a time; {@link #close()} is for that thread as well. */
public interface Tailer extends AutoCloseable {

    /**
     * The next entry, if there is one. In place of one that is damaged on disk, an entry of kind
     * {@link EntryKind#QUARANTINE} is given, at its sequence, and reading goes on.
     *
     * @return the entry, or null at the durable end of the journal; a later call may then return one
     * @throws JournalException if the journal cannot be read
     */
    @Nullable
    Entry poll();

    /**
     * The next entry, waited for. Waiting costs no processor time.
     *
     * @param timeout how long to wait at most
     * @return the entry, or null if none became durable in time
     * @throws InterruptedException if the thread is interrupted while it waits; nothing is lost and the tailer remains usable
     * @throws JournalException as {@link #poll()}
     */
    @Nullable
    Entry poll(Duration timeout) throws InterruptedException;

    /**
     * Where this tailer stands.
     *
     * @return the sequence of the entry that the next poll returns
     */
    long position();

    /** Ends reading. A second call does nothing. */
    @Override
    void close();
}
