package io.zoomws.server.config;

import io.zoomws.server.log.LogSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads how much is logged, and how that looks. */
final class LogReader {

    private final SettingsReader reader;

    LogReader(SettingsReader reader) {
        this.reader = reader;
    }

    LogSettings read() {
        return new LogSettings(
                reader.parsed(
                        Key.LOG_FORMAT.plain(), Key.LOG_FORMAT.standard(), LogReader::format, LogSettings.Format.TEXT),
                levels());
    }

    private static LogSettings.Format format(String text) {
        return switch (text) {
            case "text" -> LogSettings.Format.TEXT;
            case "json" -> LogSettings.Format.JSON;
            default -> throw new IllegalArgumentException("'" + text + "' is neither text nor json");
        };
    }

    private Map<String, LogSettings.Level> levels() {
        Map<String, LogSettings.Level> levels = new LinkedHashMap<>();
        String key = Key.LOG_LEVELS.plain();
        for (String element : reader.list(key)) {
            try {
                LogSettings.Logger logger = LogSettings.Logger.parse(element);
                if (levels.put(logger.name(), logger.level()) != null) {
                    reader.problem(key, "'" + logger.name() + "' is there twice: remove one");
                }
            } catch (IllegalArgumentException e) {
                reader.problem(key, String.valueOf(e.getMessage()));
            }
        }
        return levels;
    }
}
