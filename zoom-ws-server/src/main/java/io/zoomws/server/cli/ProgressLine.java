package io.zoomws.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One line on standard error that says how far a command is, twice a second, where a person is looking. One thread. */
final class ProgressLine {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int BAR_WIDTH = 30;

    private final PrintStream out;
    private final boolean shown;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private int width;

    ProgressLine(PrintStream out) {
        this(out, isTerminal(), System::nanoTime);
    }

    ProgressLine(PrintStream out, boolean shown, LongSupplier nanoTime) {
        this.out = out;
        this.shown = shown;
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    /** Whether it is time for {@link #print}. */
    boolean due() {
        return shown && nanoTime.getAsLong() - lastNanos >= INTERVAL_NANOS;
    }

    /** Shows a text in place of the one before. */
    void print(String text) {
        lastNanos = nanoTime.getAsLong();
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
    }

    /** Shows how much of a number of entries is done, if it is time; a total of 0 is one that is not known. */
    void bar(long done, long total) {
        if (!due()) {
            return;
        }
        if (total <= 0) {
            print(String.format(Locale.ROOT, "%,d entries", done));
            return;
        }
        long most = Math.min(done, total);
        int filled = (int) (most * BAR_WIDTH / total);
        print(String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %,d of %,d entries",
                "#".repeat(filled),
                "-".repeat(BAR_WIDTH - filled),
                most * 100 / total,
                done,
                total));
    }

    /** Ends the line, so that what comes behind it begins on a new one. */
    void end() {
        if (width > 0) {
            out.println();
            width = 0;
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
