package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationChangeTest {

    private static final String ZOOM = "zoomws.subscriptions.main.";

    @TempDir
    private Path directory;

    @Test
    void whatIsEffectiveIsShownWithItsOriginAndWithoutSecrets() throws Exception {
        LoadedConfiguration read = read(Map.of(
                "zoomws.plugins.mail.settings.password", "hush",
                "zoomws.plugins.mail.jvm-options", "-Xmx1g,-Dpassword=hush",
                "zoomws.connection.proxy", "http://proxy:1",
                "zoomws.connection.proxy-user", "me",
                "zoomws.connection.proxy-password", "hush"));

        assertThat(read.said())
                .extracting(EffectiveSetting::toString)
                .containsExactly(
                        "zoomws.connection.proxy = http://proxy:1 (system property zoomws.connection.proxy)",
                        "zoomws.connection.proxy-user = me (system property zoomws.connection.proxy-user)",
                        "zoomws.connection.proxy-password = *** (system property zoomws.connection.proxy-password)",
                        ZOOM + "id = abc (system property " + ZOOM + "id)",
                        ZOOM + "client-id = client (system property " + ZOOM + "client-id)",
                        ZOOM + "client-secret = *** (system property " + ZOOM + "client-secret)",
                        "zoomws.plugins.mail.jvm-options = -Xmx1g, -Dpassword=*** (system property"
                                + " zoomws.plugins.mail.jvm-options)",
                        "zoomws.plugins.mail.settings.password = *** (system property"
                                + " zoomws.plugins.mail.settings.password)");
        assertThat(read.effective().toString())
                .contains("zoomws.plugins.mail.plugin = mail,", "zoomws.http.port = 8080,", "(none)")
                .doesNotContain("hush");
    }

    @Test
    void aPastedAddressIsNeverShown() throws Exception {
        LoadedConfiguration read =
                read(Map.of(ZOOM + "id", "wss://eu.zoom.us/ws?subscriptionId=abc&access_token=hush"));

        assertThat(read.effective().toString())
                .contains("id = abc (", "websocket-url = wss://eu.zoom.us/ws")
                .doesNotContain("hush");
    }

    @Test
    void nothingDiffersFromItself() throws Exception {
        assertThat(ConfigurationChange.between(
                                read(Map.of("zoomws.plugins.a.start", "earliest")),
                                read(Map.of("zoomws.plugins.a.start", "earliest")))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatCountsAtOnceWhatRestartsAnInstanceAndWhatHasToWaitAreToldApart() throws Exception {
        LoadedConfiguration running = read(Map.of(
                "zoomws.plugins.gone.start", "latest",
                "zoomws.plugins.same.start", "latest",
                "zoomws.plugins.mail.settings.password", "hush"));
        ConfigurationChange change = ConfigurationChange.between(
                running,
                read(Map.of(
                        "zoomws.plugins.same.start",
                        "latest",
                        "zoomws.plugins.mail.settings.password",
                        "other",
                        "zoomws.plugins.mail.events",
                        "meeting.*",
                        "zoomws.plugins.new.start",
                        "latest",
                        "zoomws.journal.retention.max-age",
                        "30d",
                        "zoomws.http.port",
                        "0",
                        ZOOM + "client-secret",
                        "rotated")));

        assertThat(change.atOnce()).containsExactly("zoomws.journal.retention.max-age: (none) -> 30d");
        assertThat(change.removed()).containsExactly("gone");
        assertThat(change.added()).containsExactly("new");
        assertThat(change.changed())
                .isEqualTo(Map.of(
                        "mail",
                        List.of(
                                "zoomws.plugins.mail.events: * -> meeting.*",
                                "zoomws.plugins.mail.settings.password: changed")));
        assertThat(change.pending()).containsExactly("zoomws.http.port: 8080 -> 0", ZOOM + "client-secret: changed");
        assertThat(change.applied().settings().http().port()).isEqualTo(8080);
        assertThat(change.applied().settings().retention().maxAge()).isPresent();
    }

    @Test
    void whatWaitsForARestartIsToldAgainUntilThen() throws Exception {
        LoadedConfiguration port = read(Map.of("zoomws.http.port", "0"));
        ConfigurationChange first = ConfigurationChange.between(read(Map.of()), port);

        assertThat(ConfigurationChange.between(first.applied(), port).pending())
                .containsExactly("zoomws.http.port: 8080 -> 0");
        assertThat(ConfigurationChange.between(first.applied(), read(Map.of())).isEmpty())
                .isTrue();
    }

    @Test
    void aSecretThatIsReplacedInItsFileIsNoticed() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "one");
        Map<String, String> proxy = Map.of(
                "zoomws.connection.proxy", "http://proxy:1",
                "zoomws.connection.proxy-user", "me",
                "zoomws.connection.proxy-password-file", file.toString());
        LoadedConfiguration before = read(proxy);
        Files.writeString(file, "two");

        assertThat(ConfigurationChange.between(before, read(proxy)).pending())
                .containsExactly("zoomws.connection: a file that it names holds something else");
    }

    @Test
    void alertsAndTheLogCountAtOnceAndAnAddressInAFileIsNoticed() throws Exception {
        Path file = Files.writeString(directory.resolve("url"), "https://hooks.example.org/one");
        Map<String, String> posting = Map.of("zoomws.alert.url-file", file.toString());
        LoadedConfiguration before = read(posting);

        ConfigurationChange change = ConfigurationChange.between(
                before,
                read(Map.of(
                        "zoomws.alert.url-file", file.toString(),
                        "zoomws.alert.gap", "5m",
                        "zoomws.log.levels", "io.zoomws=DEBUG")));
        assertThat(change.atOnce())
                .containsExactly("zoomws.alert.gap: 60s -> 5m", "zoomws.log.levels: (none) -> io.zoomws=DEBUG");
        assertThat(change.pending()).isEmpty();
        assertThat(change.applied().settings().log().levels()).containsOnlyKeys("io.zoomws");

        Files.writeString(file, "https://hooks.example.org/two");
        assertThat(ConfigurationChange.between(before, read(posting)).atOnce())
                .containsExactly("zoomws.alert: the file that it names holds something else");
    }

    private LoadedConfiguration read(Map<String, String> properties) throws ConfigurationException {
        Map<String, String> all = new HashMap<>(Map.of(
                ZOOM + "id", "abc",
                ZOOM + "client-id", "client",
                ZOOM + "client-secret", "secret"));
        all.putAll(properties);
        return Configuration.read(new ConfigurationInputs(Optional.empty(), directory, Map.of(), all, Map.of()));
    }
}
