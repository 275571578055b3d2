package io.zoomws.server.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How much is logged, and how that looks.
 *
 * @param format of a line
 * @param levels of loggers, by name, in the order in which they were written; what is not named is as it is when nothing is said
 */
public record LogSettings(Format format, Map<String, Level> levels) {

    /** Nothing is said. */
    public static final LogSettings USUAL = new LogSettings(Format.TEXT, Map.of());

    /**
     * Libraries that see addresses, tokens and requests. At DEBUG and below they may print them, so that none of them, and nothing
     * above one of them, goes there.
     */
    static final List<String> GUARDED = List.of(
            "io.netty",
            "io.javalin",
            "org.eclipse.jetty",
            "org.apache.kafka",
            "java",
            "javax",
            "jdk",
            "sun",
            "com.sun");

    /** Quotes the messages it routes, at any level. */
    private static final String SILENT = "org.apache.camel";

    /** Takes a copy. */
    public LogSettings {
        levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    }

    /** How a line looks. */
    public enum Format {
        /** For people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }

    /** How much a logger tells, from nothing to everything. */
    public enum Level {
        /** Nothing. */
        OFF,
        /** What went wrong. */
        ERROR,
        /** What should be looked at. */
        WARN,
        /** What happens. */
        INFO,
        /** How it happens. */
        DEBUG,
        /** Everything. */
        TRACE
    }

    /**
     * One logger, and its level.
     *
     * @param name such as {@code io.zoomws}
     * @param level how much it tells
     */
    public record Logger(String name, Level level) {

        private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*");

        /**
         * Reads one.
         *
         * @param text such as {@code io.zoomws=DEBUG}
         * @return the logger
         * @throws IllegalArgumentException if it is none, or would let a library print what nobody may see; the message says so
         */
        public static Logger parse(String text) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals).strip();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no logger with its level: write it like io.zoomws=DEBUG");
            }
            Level level = level(text.substring(equals + 1).strip());
            if (level.compareTo(Level.INFO) > 0 && isGuarded(name)) {
                throw new IllegalArgumentException("'" + text + "' could print addresses with tokens in them: " + name
                        + " must not be below INFO");
            }
            if (level != Level.OFF && (name.equals(SILENT) || name.startsWith(SILENT + "."))) {
                throw new IllegalArgumentException(
                        "'" + text + "' could print events: " + SILENT + " stays OFF; camel-routes tells what fails");
            }
            return new Logger(name, level);
        }

        private static Level level(String text) {
            try {
                return Level.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no level: OFF, ERROR, WARN, INFO, DEBUG and TRACE are allowed", e);
            }
        }

        /** Whether a guarded library is there, or somewhere below. */
        private static boolean isGuarded(String name) {
            return name.equalsIgnoreCase("root")
                    || GUARDED.stream()
                            .anyMatch(library -> name.equals(library)
                                    || name.startsWith(library + ".")
                                    || library.startsWith(name + "."));
        }
    }
}
