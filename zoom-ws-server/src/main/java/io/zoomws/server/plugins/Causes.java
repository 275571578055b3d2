package io.zoomws.server.plugins;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a stranger's code threw into one line. What was thrown while an event was handled may quote the event, credentials
 * included, so of that only {@link #silent} is told.
 */
public final class Causes {

    private static final int LONGEST = 300;

    /** Causes told at most; a chain may be long, or a ring. */
    private static final int DEEPEST = 5;

    private static final @Nullable String HOST = Causes.class.getClassLoader().getName();

    private Causes() {}

    /**
     * Type and message; only for what was thrown before there was an event.
     *
     * @param thrown by a plugin
     * @return one line
     */
    public static String line(@Nullable Throwable thrown) {
        return line(thrown, Mask.NONE);
    }

    /** As {@link #line(Throwable)}, without the plugin's secrets. */
    static String line(@Nullable Throwable thrown, Mask mask) {
        if (thrown == null) {
            return "null";
        }
        String message = message(thrown, mask);
        return message == null ? thrown.getClass().getName() : thrown.getClass().getName() + ": " + message;
    }

    /** The message in one line, not too long; null if there is none. Asking for it may itself fail. */
    static @Nullable String message(Throwable thrown, Mask mask) {
        String message;
        try {
            message = thrown.getMessage();
        } catch (Throwable e) { // A stranger's getMessage may throw anything.
            return "(its message cannot be read)";
        }
        return message == null || message.isBlank() ? null : words(message, mask);
    }

    /** A blank in place of line ends and other control characters. */
    static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    /** Masked first: what is masked may be cut, what is cut is not found to be masked. */
    static String words(String text, Mask mask) {
        String oneLine = oneLine(mask.over(text));
        return oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST) + "…";
    }

    /**
     * Types, and the place in the plugin's code where it was thrown as far as that is known: nothing of any message.
     *
     * @param thrown by a plugin
     * @return one line
     */
    public static String silent(Throwable thrown) {
        StringBuilder types = new StringBuilder(thrown.getClass().getName());
        String place = place(thrown);
        Throwable cause = cause(thrown);
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            types.append(", caused by ").append(cause.getClass().getName());
            place = place.isEmpty() ? place(cause) : place;
            cause = cause(cause);
        }
        return types + place;
    }

    /**
     * Whether something was thrown, and caused, by the host beyond doubt: by types of its own or of the JDK, each in code of the
     * host and in none of a plugin. Else it may quote an event.
     *
     * @param thrown by whomever
     * @return whether its messages may be told
     */
    public static boolean areOfHost(Throwable thrown) {
        return areOfHost(thrown, 0);
    }

    private static boolean areOfHost(Throwable thrown, int depth) {
        if (depth > DEEPEST || !PluginThreads.isTrusted(thrown.getClass())) {
            return false;
        }
        List<StackTraceElement> frames = List.of(thrown.getStackTrace());
        boolean inHost = frames.stream().anyMatch(frame -> Objects.equals(frame.getClassLoaderName(), HOST));
        Throwable cause = thrown.getCause();
        return inHost
                && frames.stream().noneMatch(Causes::isOfPlugin)
                && Stream.of(thrown.getSuppressed()).allMatch(other -> areOfHost(other, depth + 1))
                && (cause == null || areOfHost(cause, depth + 1));
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable e) { // A stranger's getCause may throw anything.
            return null;
        }
    }

    private static String place(Throwable thrown) {
        try {
            for (StackTraceElement frame : thrown.getStackTrace()) {
                if (isOfPlugin(frame)) {
                    return ", at " + place(frame);
                }
            }
            return "";
        } catch (Throwable e) { // A stranger's getStackTrace may throw or return anything.
            return "";
        }
    }

    /**
     * A place in code, without the name of its class loader.
     *
     * @param frame where
     * @return class, method, file and line
     */
    public static String place(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + source(frame) + ")";
    }

    /** Neither of the JDK, all of which is in named modules, nor of the host's class loader. */
    private static boolean isOfPlugin(StackTraceElement frame) {
        return frame.getModuleName() == null
                && !Objects.equals(frame.getClassLoaderName(), HOST)
                // Made by the JDK for a method that is often called by reflection, in no module and by no named loader.
                && !frame.getClassName().startsWith("jdk.internal.reflect.");
    }

    private static String source(StackTraceElement frame) {
        String file = frame.getFileName() == null ? "unknown source" : frame.getFileName();
        return frame.getLineNumber() < 0 ? file : file + ":" + frame.getLineNumber();
    }
}
