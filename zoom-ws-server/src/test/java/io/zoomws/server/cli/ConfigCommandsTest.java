package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.Journals;
import io.zoomws.server.Server;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.Configuration;
import io.zoomws.server.config.ConfigurationInputs;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConfigCommandsTest {

    /** Writes the sequence of each event into a file of its own. */
    private static final String WRITING = "private final java.nio.file.Path file; @jakarta.inject.Inject"
            + " Handler(PluginContext context) { file = context.directory().resolve(\"log\"); } "
            + "public void handle(ZoomEvent event, Delivery delivery) throws Exception {"
            + " java.nio.file.Files.writeString(file, event.sequence() + \"\\n\","
            + " java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND); }";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void checkNamesEveryMistakeAlsoThoseOfPlugins() throws Exception {
        writePlugin();
        write("", "mine: { plugin: writing }");
        expect(0, "zoom-ws: the configuration is good: 1 subscriptions, 1 plugin instances\n", "config", "check");

        write("", "mine: { plugin: writing, settings: { colour: red } }\n    other: { plugin: missing }");
        expect(
                2,
                "zoom-ws: plugin instance mine: plugin writing is refused: it takes no settings, and these are set:"
                        + " zoomws.plugins.mine.settings.colour (set in " + file() + ":10) ["
                        + directory.resolve("plugins/writing/a.jar")
                        + "]; remove them, or have the constructor of its handler take a record with @PluginSettings\n"
                        + "zoom-ws: plugin instance other: there is no plugin missing: looked in ["
                        + directory.resolve("plugins") + "], found writing; put it there, or set zoomws.plugin-path\n",
                "config",
                "check");

        write("htp: 1", "");
        expect(
                2,
                "zoom-ws: 1 mistake in the configuration (file " + file()
                        + "):\n  zoomws.htp: unknown key; the nearest known one is zoomws.data (set in " + file()
                        + ":7)\n",
                "config",
                "check");
    }

    @Test
    void showPrintsWhatIsEffectiveWithoutSecrets() throws Exception {
        write("", "mine: { settings: { password: hush } }");

        assertThat(run("config", "show", "--format", "json")).isZero();
        assertThat(data.toString(StandardCharsets.UTF_8).lines())
                .contains(
                        "{\"key\":\"zoomws.http.port\",\"value\":\"0\",\"origin\":\"" + file() + ":5\"}",
                        "{\"key\":\"zoomws.connection.proxy\",\"value\":null,\"origin\":\"default\"}",
                        "{\"key\":\"zoomws.plugins.mine.plugin\",\"value\":\"mine\",\"origin\":\"default\"}",
                        "{\"key\":\"zoomws.plugins.mine.settings.password\",\"value\":\"***\",\"origin\":\"" + file()
                                + ":10\"}")
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void aReloadUnderLoadLosesNothingAndTellsWhatWasDone() throws Exception {
        writePlugin();
        try (ZoomSimulator simulator =
                ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(400))) {
            write(simulator, "", "mine: { plugin: writing }\n    gone: { plugin: writing }");
            try (Server server = Server.start(() -> Configuration.read(
                    new ConfigurationInputs(Optional.of(file()), directory, Map.of(), Map.of(), Map.of())))) {
                awaitLines("mine", 50);
                for (int i = 1; i <= 5; i++) {
                    write(
                            simulator,
                            "",
                            "mine: { plugin: writing, order-by: /n" + i + " }\n    gone: { plugin: writing }");
                    assertThat(run("config", "reload")).as(messages.toString()).isZero();
                    awaitLines("mine", lines("mine").size() + 20);
                }
                write(
                        simulator,
                        "journal: { memory: 16MB, retention: { max-age: 30d } }",
                        "mine: { plugin: writing, order-by: /n5 }\n    new: { plugin: writing, start: earliest }");
                expect(0, """
                        applied: zoomws.journal.retention.max-age: (none) -> 30d
                        applied: plugin instance gone is no more
                        applied: plugin instance new of main is running
                        NOT applied until the server is restarted: zoomws.journal.memory: 8MB -> 16MB
                        zoom-ws: the configuration was reloaded: 3 applied, 0 failed, 1 waiting for a restart
                        """, "config", "reload");
                simulator.stopSending();
                awaitLines("new", 150);

                write(simulator, "", "mine: { plugin: missing }");
                expect(
                        2,
                        "zoom-ws: the configuration was NOT reloaded, and nothing has changed: of the plugin instances that"
                                + " are new or changed, these cannot be started:\nzoom-ws:   mine: there is no plugin missing:"
                                + " looked in [" + directory.resolve("plugins")
                                + "], found writing; put it there, or set zoomws.plugin-path\n",
                        "config",
                        "reload");
                assertThat(server.plugins()).hasSize(2);
            }
        }
        assertThat(lines("mine"))
                .as("from its first event on, each once")
                .isEqualTo(eventsFrom(lines("mine").get(0)));
        assertThat(lines("new")).isEqualTo(eventsFrom("1"));
    }

    private List<String> eventsFrom(String first) {
        List<String> sequences = new ArrayList<>();
        try (JournalReader reader = Journals.openReader(directory.resolve("data"), "main");
                Tailer tailer = reader.tail(Long.parseLong(first))) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                if (entry.kind() == EntryKind.EVENT) {
                    sequences.add(Long.toString(entry.sequence()));
                }
            }
        }
        return sequences;
    }

    private void awaitLines(String instance, int count) throws Exception {
        while (lines(instance).size() < count) {
            new StopRequest().await(Duration.ofMillis(10));
        }
    }

    private List<String> lines(String instance) throws Exception {
        Path log = directory.resolve("data/main/plugins/" + instance + "/log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private void expect(int status, String message, String... arguments) {
        messages.reset();
        int result = run(arguments);
        assertThat(messages).hasToString(message);
        assertThat(result).isEqualTo(status);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-c", file().toString()));
        return CommandLineInterface.run(
                all.toArray(String[]::new),
                data,
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                new StopRequest());
    }

    private void writePlugin() {
        PluginJar.withHandler(WRITING).writeTo(directory.resolve("plugins/writing/a.jar"));
    }

    private Path file() {
        return directory.resolve("zoom-ws.yaml");
    }

    private void write(String more, String plugins) throws Exception {
        write("{ id: a, client-id: b, client-secret: c }", more, plugins);
    }

    private void write(ZoomSimulator simulator, String more, String plugins) throws Exception {
        SimulatorSettings app = simulator.settings();
        write(
                "{ id: %s, client-id: %s, client-secret: %s, account-id: %s, token-url: \"%s\", websocket-url: \"%s\" }"
                        .formatted(
                                app.subscriptionId(),
                                app.clientId(),
                                app.clientSecret(),
                                app.accountId(),
                                simulator.tokenUrl(),
                                simulator.webSocketUrl()),
                more,
                plugins);
    }

    private void write(String subscription, String more, String plugins) throws Exception {
        Files.writeString(file(), """
                zoomws:
                  data: "%s"
                  plugin-path: "%s"
                  subscriptions: { main: %s }
                  http: { port: 0, enabled: false }
                # more
                  %s
                # plugins
                  plugins:
                    %s
                """.formatted(
                        directory.resolve("data"), directory.resolve("plugins"), subscription, more, plugins));
    }
}
