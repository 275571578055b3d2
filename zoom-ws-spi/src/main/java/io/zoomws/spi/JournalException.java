package io.zoomws.spi;

import java.io.Serial;

/** Says that a journal or a cursor cannot be read or written, and what to do. The message is meant for a user. */
public class JournalException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * An error without a deeper cause.
     *
     * @param message one line: what, where, and what to do
     */
    public JournalException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message one line: what, where, and what to do
     * @param cause what was thrown below
     */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
