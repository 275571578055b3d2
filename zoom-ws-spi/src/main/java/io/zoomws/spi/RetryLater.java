package io.zoomws.spi;

import java.io.Serial;

/** Thrown by a handler whose target is away: the same event is delivered again, after growing delays, for ever. */
public class RetryLater extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Without a deeper cause.
     *
     * @param message what is away; for the plugin itself, since the host logs no message of what a handler throws
     */
    public RetryLater(String message) {
        super(message);
    }

    /**
     * With its cause.
     *
     * @param message what is away; for the plugin itself, since the host logs no message of what a handler throws
     * @param cause what was thrown
     */
    public RetryLater(String message, Throwable cause) {
        super(message, cause);
    }
}
