package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.Secret;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.JournalWriter;
import io.zoomws.server.Server;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.Settings;
import io.zoomws.spi.Position;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real server in this process, which never reaches Zoom. */
@Timeout(60)
class PluginsControlCommandTest {

    private static final String HANDLE = "public void handle(ZoomEvent event, Delivery delivery) throws Exception {";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void aPluginIsStoppedMendedAndStartedBesideTheServer() {
        write(HANDLE + "}");
        try (Server server = Server.start(settings("mine"))) {
            expect(0, "plugin instance mine does not run (stopped)", "plugins", "stop", "mine");
            expect(0, "plugin instance mine does not run (stopped)", "plugins", "stop", "mine");

            write("public Handler() { throw new AssertionError(); } " + HANDLE + "}");
            expect(
                    1,
                    "plugin instance mine does not run: failed: plugin test is refused: its handler acme.Handler cannot be built"
                            + " (java.lang.AssertionError) [" + directory.resolve("plugins/test/a.jar")
                            + "]; mend its constructor or its Guice module",
                    "plugins",
                    "start",
                    "mine");
            write(HANDLE + "}");
            expect(0, "plugin instance mine is running", "plugins", "start", "mine");
            expect(
                    1,
                    "plugin instance mine runs already; 'zoom-ws plugins restart' stops it first, and loads what is in its"
                            + " folder now",
                    "plugins",
                    "start",
                    "mine");
            expect(0, "plugin instance mine is running", "plugins", "restart", "mine");
            expect(
                    1,
                    "no plugin instance other is configured for main: there are mine; 'zoom-ws config reload' has"
                            + " the server read its configuration again",
                    "plugins",
                    "stop",
                    "other");
        }
    }

    @Test
    void theStatusIsTheOneOfTheServer() {
        write(HANDLE + "}");
        try (Server server = Server.start(settings("mine", "second"))) {
            run("plugins", "stop", "mine");
            messages.reset();

            assertThat(run("plugins", "status", "--format", "json")).isZero();
            assertThat(data.toString(StandardCharsets.UTF_8).lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("{\"name\":\"mine\",\"plugin\":\"test\",\"subscription\":\"main\","
                                            + "\"state\":\"stopped\",\"why\":null,\"handled\":0,"),
                            line -> assertThat(line).startsWith("{\"name\":\"second\","));
            data.reset();
            assertThat(run("plugins", "status")).isZero();
            assertThat(data.toString(StandardCharsets.UTF_8))
                    .startsWith("name    plugin  state    position  lag  handled")
                    .contains("mine    test    stopped  ");
        }
        assertThat(messages.size()).isZero();
    }

    @Test
    void withoutAServerTheRemedyIsTold() {
        JournalWriter.open(directory.resolve("data"), "main").close();

        expect(
                1,
                "no server runs on " + directory.resolve("data/main")
                        + ": start it with 'zoom-ws run'; if one runs, this command must run on the same machine, in the"
                        + " same container, as the same user",
                "plugins",
                "stop",
                "mine");
    }

    private void expect(int status, String message, String... arguments) {
        messages.reset();
        int result = run(arguments);
        assertThat(messages).hasToString("zoom-ws: " + message + "\n");
        assertThat(result).isEqualTo(status);
        assertThat(data.size()).isZero();
    }

    private int run(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--data", directory.resolve("data").toString()))
                .toArray(String[]::new);
        return CommandLineInterface.run(
                all, data, new PrintStream(messages, true, StandardCharsets.UTF_8), new StopRequest());
    }

    private void write(String body) {
        PluginJar.withHandler(body).writeTo(directory.resolve("plugins/test/a.jar"));
    }

    private Settings settings(String... instances) {
        return new Settings(
                directory.resolve("data"),
                List.of(new Settings.Subscription(
                        "main",
                        "subscription",
                        "client",
                        Secret.of("secret"),
                        Optional.empty(),
                        URI.create("http://127.0.0.1:1/token"),
                        URI.create("ws://127.0.0.1:1/ws"))),
                List.of(directory.resolve("plugins")),
                Settings.Connection.STANDARD,
                Stream.of(instances)
                        .map(name -> new Settings.PluginInstance(name, "test", Position.LATEST))
                        .toList());
    }
}
