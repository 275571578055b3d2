package io.zoomws.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line on standard error that says how far a command is, twice a second, where a person is looking. Where nobody is, nothing is
 * shown, or, for commands that may take hours, a line every ten seconds. One thread.
 */
final class ProgressLine {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int BAR_WIDTH = 30;

    private final PrintStream out;
    private final boolean redrawn;
    private final boolean shown;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private int width;

    ProgressLine(PrintStream out) {
        this(out, isTerminal(), System::nanoTime);
    }

    ProgressLine(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this(out, terminal, terminal, nanoTime);
    }

    private ProgressLine(PrintStream out, boolean redrawn, boolean shown, LongSupplier nanoTime) {
        this.out = out;
        this.redrawn = redrawn;
        this.shown = shown;
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    /** One that also writes lines where nobody is looking, for a log. */
    static ProgressLine everywhere(PrintStream out) {
        return everywhere(out, isTerminal(), System::nanoTime);
    }

    static ProgressLine everywhere(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        return new ProgressLine(out, terminal, true, nanoTime);
    }

    /** Whether it is time for {@link #print}. */
    boolean due() {
        return shown && nanoTime.getAsLong() - lastNanos >= (redrawn ? INTERVAL_NANOS : LOG_INTERVAL_NANOS);
    }

    /** Shows a text in place of the one before, or below it. */
    void print(String text) {
        lastNanos = nanoTime.getAsLong();
        if (!redrawn) {
            out.println(text);
            return;
        }
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
        print(String.format(Locale.ROOT, "%s  %,d of %,d entries", drawn(done, total, BAR_WIDTH), done, total));
    }

    /** A bar with its percentage, such as {@code [##--]  50 %}; the total is above 0. */
    static String drawn(long done, long total, int width) {
        double part = Math.min(done, total) / (double) total;
        int filled = (int) (part * width);
        return String.format(
                Locale.ROOT, "[%s%s] %3d %%", "#".repeat(filled), "-".repeat(width - filled), (int) (part * 100));
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
