package io.zoomws.server.delivery;

import java.io.Serial;

/** Stands for what a handler did whose key is null. Of what is thrown over an event only the class is told: this is all it says. */
final class NullKeyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    NullKeyException() {
        super("key() returned null: it must return an Optional, empty perhaps");
    }
}
