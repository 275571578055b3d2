package io.zoomws.server.plugins;

import org.jspecify.annotations.Nullable;

/** Puts what a stranger's code threw into one line. */
final class Causes {

    private static final int LONGEST = 300;

    private Causes() {}

    /** Type and message; asking a stranger's exception for its message may itself fail. */
    static String line(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "null";
        }
        String message;
        try {
            message = thrown.getMessage();
        } catch (Throwable e) { // A stranger's getMessage may throw anything.
            return thrown.getClass().getName() + ", whose message cannot be read";
        }
        if (message == null || message.isBlank()) {
            return thrown.getClass().getName();
        }
        String oneLine = message.replaceAll("\\s+", " ").strip();
        String cut = oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST) + "…";
        return thrown.getClass().getName() + ": " + cut;
    }

    /** Where it was thrown, as far as it tells. */
    static String place(Throwable thrown) {
        try {
            StackTraceElement[] frames = thrown.getStackTrace();
            return frames.length == 0 ? "" : " at " + frames[0];
        } catch (Throwable e) { // A stranger's getStackTrace may throw or return anything.
            return "";
        }
    }
}
