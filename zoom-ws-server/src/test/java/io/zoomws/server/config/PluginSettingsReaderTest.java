package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.server.plugins.RawSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginSettingsReaderTest {

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new TreeMap<>(
            Map.of("ZOOM_CLIENT_ID", "id", "ZOOM_CLIENT_SECRET", "secret", "ZOOM_SUBSCRIPTION_ID", "subscription"));
    private final Map<String, String> properties = new TreeMap<>();

    @Test
    void settingsAreKeptAsTheyAreWrittenEachWithItsPlace() throws Exception {
        Path file = write("""
                zoomws:
                  plugins:
                    mail:
                      settings:
                        server: ${HOST:smtp://host}
                        code: 0123
                        sure: yes
                        to: [a, "b,c"]
                        nothing:
                        nested: { deep: 1 }
                """);

        assertThat(settings("mail"))
                .isEqualTo(raw(
                        "mail",
                        "server",
                        value("smtp://host", file + ":5"),
                        "code",
                        value("0123", file + ":6"),
                        "sure",
                        value("yes", file + ":7"),
                        "to",
                        new RawSettings.Value("a,b\\,c", true, file + ":8"),
                        "nothing",
                        value("", file + ":9"),
                        "nested.deep",
                        value("1", file + ":10")));
    }

    @Test
    void everyLayerOverridesTheOneBelow() throws Exception {
        Path file = write("zoomws: { plugins: { mail: { settings: { a: [1], reply-to: 1, c-d: 1, e: 1 } } } }");
        Path dotEnv = Files.writeString(
                directory.resolve(".env"),
                "ZOOMWS_PLUGINS_MAIL_SETTINGS_A=2\nZOOMWS_PLUGINS_MAIL_SETTINGS_REPLY_TO=2\n"
                        + "ZOOMWS_PLUGINS_MAIL_SETTINGS_C_D=2\nZOOMWS_PLUGINS_MAIL_SETTINGS_NEW_ONE=2");
        environment.put("ZOOMWS_PLUGINS_MAIL_SETTINGS_REPLY_TO", "3");
        environment.put("ZOOMWS_PLUGINS_MAIL_SETTINGS_C_D", "3");
        properties.put("zoomws.plugins.mail.settings.c-d", "4");

        assertThat(settings("mail"))
                .isEqualTo(raw(
                        "mail",
                        "a",
                        value("2", "variable ZOOMWS_PLUGINS_MAIL_SETTINGS_A in " + dotEnv),
                        "reply-to",
                        value("3", "environment variable ZOOMWS_PLUGINS_MAIL_SETTINGS_REPLY_TO"),
                        "c-d",
                        value("4", "system property zoomws.plugins.mail.settings.c-d"),
                        "e",
                        value("1", file + ":1"),
                        "new-one",
                        value("2", "variable ZOOMWS_PLUGINS_MAIL_SETTINGS_NEW_ONE in " + dotEnv)));
    }

    @Test
    void anInstanceMayBeKnownByItsSettingsOnly() throws Exception {
        environment.put("ZOOMWS_PLUGINS_MAIL_SETTINGS_EVENTS", "x");
        properties.put("zoomws.plugins.other.settings.events", "y");

        assertThat(settings("mail"))
                .isEqualTo(
                        raw("mail", "events", value("x", "environment variable ZOOMWS_PLUGINS_MAIL_SETTINGS_EVENTS")));
        assertThat(settings("other"))
                .isEqualTo(raw("other", "events", value("y", "system property zoomws.plugins.other.settings.events")));
        assertThat(load().plugins()).extracting(Settings.PluginInstance::name).containsExactly("other", "mail");
    }

    @Test
    void aVariableThatCanBeReadInTwoWaysBelongsToTheInstanceThatIsKnown() throws Exception {
        write("zoomws: { plugins: { my: {}, my-settings: {}, a_b-c: {} } }");
        environment.put("ZOOMWS_PLUGINS_MY_SETTINGS_PLUGIN", "console");
        environment.put("ZOOMWS_PLUGINS_MY_SETTINGS_SETTINGS_X", "1");
        environment.put("ZOOMWS_PLUGINS_MY_SETTINGS_Y", "2");
        environment.put("ZOOMWS_PLUGINS_A_B_C_SETTINGS_X_Y", "3");

        assertThat(load().plugins())
                .extracting(Settings.PluginInstance::name, Settings.PluginInstance::plugin)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("my", "my"),
                        org.assertj.core.groups.Tuple.tuple("my-settings", "console"),
                        org.assertj.core.groups.Tuple.tuple("a_b-c", "a_b-c"));
        assertThat(settings("my-settings").values()).containsOnlyKeys("x");
        assertThat(settings("my").values()).containsOnlyKeys("y");
        assertThat(settings("a_b-c").values()).containsOnlyKeys("x-y");
    }

    @Test
    void whatNamesAVariableThatIsNotSetIsAMistakeOfTheConfiguration() throws Exception {
        Path file = write("zoomws: { plugins: { mail: { settings: { password: \"hush ${NOBODY}\" } } } }");
        String message = "1 mistake in the configuration (file " + file
                + "):\n  zoomws.plugins.mail.settings.password: names a variable that is not set: set it, or give a default as"
                + " in ${NAME:default} (set in " + file + ":1)";

        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Configuration.pluginSettings(inputs(), "mail"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void theSettingsOfOneInstanceAreReadFromAFaultyConfigurationToo() throws Exception {
        Path file = write("zoomws: { nonsense: 1, plugins: { mail: { settings: { a: 1 } } } }");

        assertThat(Configuration.pluginSettings(inputs(), "mail")).isEqualTo(raw("mail", "a", value("1", file + ":1")));
        assertThat(Configuration.pluginSettings(inputs(), "other")).isEqualTo(RawSettings.none("other"));
    }

    private static RawSettings.Value value(String text, String origin) {
        return new RawSettings.Value(text, false, origin);
    }

    private static RawSettings raw(String instance, Object... namesAndValues) {
        Map<String, RawSettings.Value> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], (RawSettings.Value) namesAndValues[i + 1]);
        }
        return new RawSettings("zoomws.plugins." + instance + ".settings", values);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("zoom-ws.yaml"), yaml);
    }

    private RawSettings settings(String instance) throws ConfigurationException {
        return load().plugins().stream()
                .filter(plugin -> plugin.name().equals(instance))
                .findFirst()
                .orElseThrow()
                .settings();
    }

    private Settings load() throws ConfigurationException {
        return Configuration.load(inputs());
    }

    private ConfigurationInputs inputs() {
        return new ConfigurationInputs(Optional.empty(), directory, Map.of(), properties, environment);
    }
}
