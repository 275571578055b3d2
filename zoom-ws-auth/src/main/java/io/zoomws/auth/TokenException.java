package io.zoomws.auth;

import java.io.Serial;

/**
 * Says why there is no token and what to do. The message is one line for a user; it holds no secret and no text of the
 * server's, and there is no cause, because the exceptions of parsers and HTTP clients quote what they read.
 */
public final class TokenException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient TokenFailure failure;

    TokenException(TokenFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    /**
     * The kind of failure.
     *
     * @return what tells a caller how to go on
     */
    public TokenFailure failure() {
        return failure;
    }
}
