package io.zoomws.server.cli;

import io.zoomws.server.plugins.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Shows how far a replay has come, twice a second, where a person is looking. */
final class ReplayProgress implements Progress {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final PrintStream out;
    private final boolean shown;
    private long lastNanos = System.nanoTime();
    private boolean dirty;

    ReplayProgress(PrintStream out) {
        this.out = out;
        this.shown = isTerminal();
    }

    @Override
    public void passed(long next) {
        long now = System.nanoTime();
        if (shown && now - lastNanos >= INTERVAL_NANOS) {
            lastNanos = now;
            dirty = true;
            out.print("\rat sequence " + next + "   ");
            out.flush();
        }
    }

    @Override
    public void idle() {
        // Nothing to save.
    }

    /** Ends the line. */
    void end() {
        if (dirty) {
            out.println();
        }
    }

    /** Whether standard error is a terminal. Java has no way to ask; where Linux does not answer, nothing is shown. */
    private static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
