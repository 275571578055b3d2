package io.zoomws.camel;

import java.io.Serial;

/** Stands for the cause that is missing when a route marks its exchange for rollback; its name is what the log tells. */
final class MarkedForRollback extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    MarkedForRollback() {
        super("the exchange was marked for rollback");
    }
}
