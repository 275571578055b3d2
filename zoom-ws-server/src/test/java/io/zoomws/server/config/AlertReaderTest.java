package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.auth.Secret;
import io.zoomws.server.alert.AlertKind;
import io.zoomws.server.alert.AlertSettings;
import io.zoomws.server.log.LogSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts and the log. */
class AlertReaderTest {

    private static final String SECRET = "hook-secret-4711";

    @TempDir
    private Path directory;

    @Test
    void nobodyIsToldUnlessSomebodyIsNamed() throws Exception {
        Settings settings = read(Map.of()).settings();

        assertThat(settings.alert()).isEqualTo(AlertSettings.NONE);
        assertThat(settings.alert().enabled()).isFalse();
        assertThat(settings.log()).isEqualTo(LogSettings.USUAL);
    }

    @Test
    void everythingCanBeSet() throws Exception {
        Settings settings = read(Map.of(
                        "zoomws.alert.command", "/usr/bin/notify,-u,critical",
                        "zoomws.alert.on", "gap, disk",
                        "zoomws.alert.gap", "5m",
                        "zoomws.alert.repeat", "1d",
                        "zoomws.alert.timeout", "30s",
                        "zoomws.log.format", "json",
                        "zoomws.log.levels", "io.zoomws=DEBUG, io.netty=ERROR"))
                .settings();

        assertThat(settings.alert())
                .isEqualTo(new AlertSettings(
                        List.of("/usr/bin/notify", "-u", "critical"),
                        Optional.empty(),
                        Set.of(AlertKind.GAP, AlertKind.DISK),
                        Duration.ofMinutes(5),
                        Duration.ofDays(1),
                        Duration.ofSeconds(30)));
        assertThat(settings.log())
                .isEqualTo(new LogSettings(
                        LogSettings.Format.JSON,
                        Map.of("io.zoomws", LogSettings.Level.DEBUG, "io.netty", LogSettings.Level.ERROR)));
    }

    @Test
    void anAddressIsASecretWhereverItStands() throws Exception {
        Path file = Files.writeString(directory.resolve("url"), "https://hooks.example.org/" + SECRET + "\n");

        for (Map<String, String> said : List.of(
                Map.of("zoomws.alert.url", "https://hooks.example.org/" + SECRET),
                Map.of("zoomws.alert.url-file", file.toString()))) {
            LoadedConfiguration read = read(said);
            assertThat(read.settings().alert().url()).hasValue(Secret.of("https://hooks.example.org/" + SECRET));
            assertThat(read.settings().toString() + read.effective()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            zoomws.alert.on | gap, fire | 'fire' is no kind of alert: refused, rival, gap, disk, parked are allowed
            zoomws.alert.repeat | 1s | '1s' is out of range: from 1m to 30d is allowed
            zoomws.alert.url | http://hooks.example.org/x | this address cannot be used: https://host/path is allowed, and http:// to this machine only
            zoomws.log.format | xml | 'xml' is neither text nor json
            zoomws.log.levels | io.netty=DEBUG | 'io.netty=DEBUG' could print addresses with tokens in them: io.netty must not be below INFO
            zoomws.log.levels | a=INFO, a=WARN | 'a' is there twice: remove one
            """)
    void whatCannotBeIsToldWithWhatCan(String key, String value, String problem) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key + ": " + problem + " (set in system property " + key + ")");
    }

    @Test
    void ofCommandAndAddressOnlyOneIsUsed() {
        assertThatThrownBy(() -> read(Map.of(
                        "zoomws.alert.command", "true", "zoomws.alert.url", "https://hooks.example.org/" + SECRET)))
                .hasMessageContaining("zoomws.alert.command: an address is set too: use one of the two")
                .hasMessageNotContaining(SECRET);
    }

    private LoadedConfiguration read(Map<String, String> properties) throws ConfigurationException {
        Map<String, String> all = new HashMap<>(properties);
        all.put("zoomws.subscriptions.main.id", "an-id");
        all.put("zoomws.subscriptions.main.client-id", "a-client");
        all.put("zoomws.subscriptions.main.client-secret", "a-secret");
        return Configuration.read(new ConfigurationInputs(Optional.empty(), directory, Map.of(), all, Map.of()));
    }
}
