package io.zoomws.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Has the log of this process go by settings, which may change while it runs. */
public final class Logs {

    /** Levels as they were before anything was set; null: that of the logger above. Guarded by this class. */
    private static final Map<String, @Nullable Level> ORIGINAL = new HashMap<>();

    private Logs() {}

    /**
     * Goes by these settings from now on; what an earlier call has set and this one does not name is as it was before.
     *
     * @param settings how much, and how it looks
     */
    public static synchronized void use(LogSettings settings) {
        LineEncoder.format(settings.format());
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            throw new IllegalStateException("the log is not logback's: " + factory.getClass());
        }
        Set<String> named = new HashSet<>();
        settings.levels().forEach((name, level) -> {
            Logger logger = context.getLogger(name.equalsIgnoreCase("root") ? Logger.ROOT_LOGGER_NAME : name);
            named.add(logger.getName());
            if (!ORIGINAL.containsKey(logger.getName())) {
                ORIGINAL.put(logger.getName(), logger.getLevel());
            }
            logger.setLevel(Level.valueOf(level.name()));
        });
        ORIGINAL.entrySet().removeIf(before -> {
            boolean over = !named.contains(before.getKey());
            if (over) {
                context.getLogger(before.getKey()).setLevel(before.getValue());
            }
            return over;
        });
    }
}
