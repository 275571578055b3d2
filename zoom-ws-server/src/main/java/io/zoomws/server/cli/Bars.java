package io.zoomws.server.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Draws numbers as bars, the longest one for the largest number; the part of it that is repeats looks lighter. */
final class Bars {

    private static final int WIDTH = 24;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final boolean ascii;
    private final long most;

    /**
     * Begins.
     *
     * @param ascii whether to use ASCII only
     * @param most the largest number to come
     */
    Bars(boolean ascii, long most) {
        this.ascii = ascii;
        this.most = Math.max(1, most);
    }

    /** A bar of at most 24 characters; something is to be seen of every number but 0. */
    String bar(long count, long duplicates) {
        long whole = eighths(count);
        long once = Math.min(whole, eighths(count - duplicates));
        if (ascii) {
            int first = (int) (once / 8 + (once % 8 > 0 ? 1 : 0));
            int all = (int) (whole / 8 + (whole % 8 > 0 ? 1 : 0));
            return "#".repeat(first) + "-".repeat(all - first);
        }
        StringBuilder bar = new StringBuilder("█".repeat((int) (once / 8)));
        if (once % 8 > 0) {
            bar.append(EIGHTHS.charAt((int) (once % 8)));
        }
        int all = (int) (whole / 8 + (whole % 8 > 0 ? 1 : 0));
        return bar.append("░".repeat(Math.max(0, all - bar.length()))).toString();
    }

    private long eighths(long count) {
        return count == 0 ? 0 : Math.max(1, Math.round((double) count / most * WIDTH * 8));
    }

    /** Whether standard output takes block characters, as far as the JVM knows. */
    static boolean suitsTerminal() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII"));
        return Charset.isSupported(name) && Charset.forName(name).equals(StandardCharsets.UTF_8);
    }
}
