package io.zoomws.spi;

/** The named, durable positions of one subscription's consumers. Methods may be called by any thread. */
public interface Cursors {

    /**
     * Takes hold of a cursor. It has one holder at a time, across processes.
     *
     * @param name letters, digits, dot, hyphen and underscore, beginning with a letter or digit, at most 100
     * @return the cursor, to be closed by the caller
     * @throws IllegalArgumentException if the name is not of this form
     * @throws JournalException if another holder has it (the message names the holder), or its file is damaged or cannot be
     *     written
     */
    Cursor open(String name);
}
