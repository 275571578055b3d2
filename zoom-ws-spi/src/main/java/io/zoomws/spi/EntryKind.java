package io.zoomws.spi;

import java.util.Locale;

/** What an {@link Entry} of the journal is about. */
public enum EntryKind {
    /** A Zoom event; the entry is a {@link ZoomEvent}. */
    EVENT,

    /** Any other frame that could be read: handshake results, heartbeat answers, unknown modules. */
    CONTROL,

    /** A frame that could not be read: binary, not JSON, or over the size limit (then only length and hash are kept). */
    UNREADABLE,

    /** A connection to Zoom became ready. */
    CONNECTED,

    /** A connection to Zoom ended. */
    DISCONNECTED,

    /** An interval in which events may have been missed; the entry is a {@link Gap}. */
    GAP,

    /** A writer opened the journal; a new epoch begins. */
    OPENED,

    /** A writer closed the journal in good order. */
    CLOSED,

    /** A range of the journal that was found damaged and set aside. */
    QUARANTINE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The name of this kind as command line and API print it.
     *
     * @return the name in lower case, for example {@code event}
     */
    public String label() {
        return label;
    }
}
