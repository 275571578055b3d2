package io.zoomws.server.control;

import java.io.Serial;

/** A request that was not answered with a result. The message is one line for the user, with the remedy. */
public final class ControlException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Without a deeper cause.
     *
     * @param message one line
     */
    public ControlException(String message) {
        super(message);
    }

    /**
     * With its cause.
     *
     * @param message one line
     * @param cause what was thrown
     */
    public ControlException(String message, Throwable cause) {
        super(message, cause);
    }
}
