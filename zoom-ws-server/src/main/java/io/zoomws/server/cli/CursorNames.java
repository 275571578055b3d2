package io.zoomws.server.cli;

import picocli.CommandLine;

/** Tells a name that can be none of a cursor as wrong usage. */
final class CursorNames {

    private CursorNames() {}

    static void checked(CommandLine command, Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }
}
