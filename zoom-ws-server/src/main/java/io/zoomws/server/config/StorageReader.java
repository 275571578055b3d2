package io.zoomws.server.config;

import io.zoomws.journal.Durability;
import io.zoomws.journal.JournalSettings;
import java.time.Duration;

/** Reads how journals are written. */
final class StorageReader {

    private static final String INTERVAL = "interval:";

    private final SettingsReader reader;

    StorageReader(SettingsReader reader) {
        this.reader = reader;
    }

    JournalSettings read() {
        JournalSettings standard = JournalSettings.DEFAULT;
        return standard.withDurability(reader.parsed(
                        Key.DURABILITY.plain(),
                        Key.DURABILITY.standard(),
                        StorageReader::durability,
                        standard.durability()))
                .withReserve(reader.parsed(Key.RESERVE.plain(), Key.RESERVE.standard(), StorageReader::reserve, 0L))
                .withHighWater(reader.parsed(
                        Key.MEMORY.plain(), Key.MEMORY.standard(), StorageReader::memory, standard.highWaterBytes()));
    }

    private static Durability durability(String text) {
        if (text.equals(Durability.STRICT.text())) {
            return Durability.STRICT;
        }
        if (text.equals(Durability.OS.text())) {
            return Durability.OS;
        }
        if (!text.startsWith(INTERVAL)) {
            throw new IllegalArgumentException("'" + text
                    + "' is no durability: use strict, interval: and a duration such as interval:50ms, or os");
        }
        Duration every = Durations.parse(text.substring(INTERVAL.length()));
        if (every.compareTo(Duration.ofMillis(1)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is out of range: from 1ms to 1h is allowed");
        }
        return Durability.interval(every);
    }

    private static long reserve(String text) {
        return text.isEmpty()
                ? JournalSettings.USUAL_RESERVE
                : Key.RESERVE.allowed().bytes(text);
    }

    private static int memory(String text) {
        return (int) Key.MEMORY.allowed().bytes(text);
    }
}
