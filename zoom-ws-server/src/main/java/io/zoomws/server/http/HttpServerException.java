package io.zoomws.server.http;

import java.io.Serial;

/** Says why the HTTP server cannot start. The message is one line for the user: what is wrong and what to do. */
public final class HttpServerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String reason;

    HttpServerException(String reason, String remedy, Throwable cause) {
        super(reason + ": " + remedy, cause);
        this.reason = reason;
    }

    /**
     * What is wrong, without what to do about it in the configuration.
     *
     * @return the beginning of the message
     */
    public String reason() {
        return reason;
    }
}
