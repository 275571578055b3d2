package io.zoomws.auth;

import java.io.Serial;

/** Says why a host could not be reached: one line in our own words, nothing of the other side's is quoted. */
public final class WayException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    /** Where it went wrong, told apart by what a user has to look at. */
    public enum Kind {
        /** The host's name. */
        NAME,
        /** Nothing listens there, or no packet gets there and back. */
        TCP,
        /** The proxy. */
        PROXY,
        /** Certificate or version. */
        TLS,
        /** It was there, and broke off or fell silent. */
        SILENCE
    }

    private final Kind kind;

    WayException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * The kind of failure.
     *
     * @return where it went wrong
     */
    public Kind kind() {
        return kind;
    }
}
