package io.zoomws.plugin.camelroutes;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at what strangers' code threw. What it says is not told: it may quote an event, or a password. */
final class Thrown {

    /** A chain of causes may be long, or a ring. */
    private static final int DEEPEST = 12;

    private Thrown() {}

    /** The classes of the whole chain, in a line. */
    static String classes(Throwable thrown) {
        StringBuilder line = new StringBuilder(thrown.getClass().getName());
        Throwable cause = cause(thrown);
        for (int i = 1; i < DEEPEST && cause != null; i++) {
            line.append(", caused by ").append(cause.getClass().getName());
            cause = cause(cause);
        }
        return line.toString();
    }

    /** The classes, and the place where the innermost was thrown. */
    static String silent(Throwable thrown) {
        StackTraceElement[] frames =
                deepest(thrown, Throwable.class).orElse(thrown).getStackTrace();
        return classes(thrown) + (frames.length > 0 ? ", at " + frames[0] : "");
    }

    /** The deepest of a type in the chain: what is further out only repeats it. */
    static <T> Optional<T> deepest(Throwable thrown, Class<T> type) {
        T found = null;
        Throwable next = thrown;
        for (int i = 0; i < DEEPEST && next != null; i++) {
            found = type.isInstance(next) ? type.cast(next) : found;
            next = cause(next);
        }
        return Optional.ofNullable(found);
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (RuntimeException | Error e) { // A stranger's getCause may throw anything.
            return null;
        }
    }
}
