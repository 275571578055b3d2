package io.zoomws.spi;

import java.io.Serial;

/** Thrown by a handler whose target is away: the same event is delivered again, after growing delays, for ever. */
public class RetryLater extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Without a deeper cause.
     *
     * @param message what is away; it is logged, so it must hold no secret and nothing of the payload
     */
    public RetryLater(String message) {
        super(message);
    }

    /**
     * With its cause.
     *
     * @param message what is away; it is logged, so it must hold no secret and nothing of the payload
     * @param cause what was thrown
     */
    public RetryLater(String message, Throwable cause) {
        super(message, cause);
    }
}
