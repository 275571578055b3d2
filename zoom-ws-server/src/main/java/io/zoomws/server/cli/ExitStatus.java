package io.zoomws.server.cli;

/** The exit statuses of every command. */
final class ExitStatus {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private ExitStatus() {}
}
