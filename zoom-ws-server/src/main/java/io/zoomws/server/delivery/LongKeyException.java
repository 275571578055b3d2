package io.zoomws.server.delivery;

import java.io.Serial;

/** Stands for what a handler did whose key is too long. Of what is thrown over an event only the class is told: this is all it says. */
final class LongKeyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    LongKeyException() {
        super("a key has " + HandlerCall.LONGEST_KEY + " characters at most");
    }
}
