package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.journal.Durability;
import io.zoomws.journal.JournalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageReaderTest {

    @TempDir
    private Path directory;

    @Test
    void usuallyItIsStrictWithAReserve() throws Exception {
        assertThat(storage(Map.of())).isEqualTo(JournalSettings.DEFAULT.withReserve(JournalSettings.USUAL_RESERVE));
        assertThat(storage(Map.of("zoomws.journal.reserve", "2GB")).reserveBytes())
                .isEqualTo(2L << 30);
    }

    @Test
    void everythingCanBeSet() throws Exception {
        assertThat(storage(Map.of(
                        "zoomws.journal.durability", "interval:50ms",
                        "zoomws.journal.reserve", "0",
                        "zoomws.journal.memory", "64MB")))
                .isEqualTo(JournalSettings.DEFAULT
                        .withDurability(Durability.interval(Duration.ofMillis(50)))
                        .withHighWater(64 << 20));
        assertThat(storage(Map.of("zoomws.journal.durability", "os")).durability())
                .isEqualTo(Durability.OS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            zoomws.journal.durability | fast | 'fast' is no durability: use strict, interval: and a duration such as interval:50ms, or os
            zoomws.journal.durability | interval:0ms | 'interval:0ms' is out of range: from 1ms to 1h is allowed
            zoomws.journal.durability | interval:soon | 'soon' is no duration: use a number with ms, s, m, h or d such as 25s, or ISO-8601 such as PT25S
            zoomws.journal.memory | 10KB | '10KB' is out of range: from 1MB to 1GB is allowed
            """)
    void whatCannotBeIsToldWithWhatCan(String key, String value, String problem) {
        assertThatThrownBy(() -> storage(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key + ": " + problem + " (set in system property " + key + ")");
    }

    private JournalSettings storage(Map<String, String> properties) throws ConfigurationException {
        Map<String, String> all = new HashMap<>(properties);
        all.put("zoomws.subscriptions.main.id", "an-id");
        all.put("zoomws.subscriptions.main.client-id", "a-client");
        all.put("zoomws.subscriptions.main.client-secret", "a-secret");
        return Configuration.load(new ConfigurationInputs(Optional.empty(), directory, Map.of(), all, Map.of()))
                .storage();
    }
}
