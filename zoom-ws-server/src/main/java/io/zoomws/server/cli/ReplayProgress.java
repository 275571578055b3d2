package io.zoomws.server.cli;

import io.zoomws.server.delivery.Progress;
import java.io.PrintStream;

/** Shows how far a replay has come. */
final class ReplayProgress implements Progress {

    private final ProgressLine line;

    ReplayProgress(PrintStream out) {
        this.line = new ProgressLine(out);
    }

    @Override
    public void passed(long next) {
        if (line.due()) {
            line.print("at sequence " + next);
        }
    }

    @Override
    public void idle() {
        // Nothing to save.
    }

    /** Ends the line. */
    void end() {
        line.end();
    }
}
