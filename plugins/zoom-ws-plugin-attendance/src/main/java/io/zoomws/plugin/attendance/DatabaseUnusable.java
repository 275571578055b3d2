package io.zoomws.plugin.attendance;

import java.io.Serial;

/** The database will not become usable by waiting: somebody has to do something, and the message says what. */
final class DatabaseUnusable extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1;

    DatabaseUnusable(String message) {
        super(message);
    }

    DatabaseUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
