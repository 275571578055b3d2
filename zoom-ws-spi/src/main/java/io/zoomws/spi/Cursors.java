package io.zoomws.spi;

/**
 * The named, durable positions of one subscription's consumers. Methods may be called by any thread.
 *
 * <p><b>A plugin's own.</b> A handler that reads the journal by itself, with a {@link JournalReader}, asks for {@code Cursors} in
 * its constructor. Their names are below the instance's: {@code mails} of the instance {@code sales} is {@code sales.mails}, also
 * in {@code zoom-ws cursors list}; no other instance can have that name. Retention waits for them if it waits for the instance.
 * When the instance has ended, the host lets go of those that are still open; what is saved with one of them later has no effect,
 * so that a thread that was left behind never moves the position of its successor. A replay has none: each {@link #open} fails.
 */
public interface Cursors {

    /**
     * Takes hold of a cursor. It has one holder at a time, across processes.
     *
     * @param name letters, digits, dot, hyphen and underscore, beginning with a letter or digit, at most 100; with the instance's
     *     name and the dot, where those are put before it
     * @return the cursor, to be closed by the caller
     * @throws IllegalArgumentException if the name is not of this form
     * @throws JournalException if another holder has it (the message names the holder), its file is damaged or cannot be written,
     *     or these cursors may not be used any more
     */
    Cursor open(String name);
}
