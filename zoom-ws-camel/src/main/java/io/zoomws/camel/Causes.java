package io.zoomws.camel;

import io.zoomws.spi.JournalException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts what ended an exchange into one line that holds nothing of any message: a route's exception may quote the event,
 * credentials included. Camel's own error handler says what it likes.
 */
final class Causes {

    /** Causes told at most; a chain may be long, or a ring. */
    private static final int DEEPEST = 5;

    private Causes() {}

    /** Types, and the first place outside the JDK, Camel and this component, or else the first outside the JDK. */
    static String silent(Throwable thrown) {
        StringBuilder types = new StringBuilder(thrown.getClass().getName());
        String place = place(thrown, Causes::isOfRoute);
        Throwable cause = cause(thrown);
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            types.append(", caused by ").append(cause.getClass().getName());
            place = place.isEmpty() ? place(cause, Causes::isOfRoute) : place;
            cause = cause(cause);
        }
        return types + (place.isEmpty() ? place(thrown, frame -> true) : place);
    }

    /** What a journal says is ours, and the remedy; anything else is told without its words. */
    static String line(Throwable thrown) {
        return thrown.getClass() == JournalException.class ? String.valueOf(thrown.getMessage()) : silent(thrown);
    }

    /** A stranger's exception may throw when it is asked for its message. */
    static Throwable printable(Throwable cause) {
        try {
            String unused = cause.toString();
            return cause;
        } catch (RuntimeException | Error e) {
            return new IllegalStateException(cause.getClass().getName() + ", whose message cannot be read");
        }
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (RuntimeException | Error e) { // A stranger's getCause may throw anything.
            return null;
        }
    }

    private static String place(Throwable thrown, Predicate<StackTraceElement> wanted) {
        try {
            for (StackTraceElement frame : thrown.getStackTrace()) {
                if (!isOfJdk(frame) && wanted.test(frame)) {
                    return ", at " + frame.getClassName() + "." + frame.getMethodName() + "(" + source(frame) + ")";
                }
            }
            return "";
        } catch (RuntimeException | Error e) { // A stranger's getStackTrace may throw or return anything.
            return "";
        }
    }

    private static boolean isOfJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    private static boolean isOfRoute(StackTraceElement frame) {
        String name = frame.getClassName();
        return !name.startsWith("org.apache.camel.") && !name.startsWith("io.zoomws.camel.");
    }

    private static String source(StackTraceElement frame) {
        String file = frame.getFileName() == null ? "unknown source" : frame.getFileName();
        return frame.getLineNumber() < 0 ? file : file + ":" + frame.getLineNumber();
    }
}
