package io.zoomws.server.cli;

import java.io.Serial;

/** Ends a command with one line for the user and exit status 1. */
final class CommandException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    CommandException(String message) {
        super(message);
    }
}
