package io.zoomws.journal;

/**
 * Told when the journal cannot store what it is given, and when it can again: whoever brings frames should stop meanwhile.
 * Called by the journal's threads in order, one at a time; must be short and must not call the journal.
 */
public interface StorageListener {

    /**
     * Nothing can be stored for now, or soon. What was given already is kept in memory and is stored when that is possible.
     *
     * @param why one line that begins with {@code disk: }, without a secret
     */
    void stopped(String why);

    /** Entries are stored again. */
    void resumed();
}
