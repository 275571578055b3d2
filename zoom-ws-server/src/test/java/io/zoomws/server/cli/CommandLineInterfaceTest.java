package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CommandLineInterfaceTest {

    private static final long TIME_NANOS = 1_795_000_000_123_456_789L;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final StopRequest stop = new StopRequest();

    @Test
    void wrongUsageIsStatusTwoAndNothingOnStandardOutput() {
        assertThat(run("journal", "cat", "--from", "yesterday")).isEqualTo(2);
        assertThat(messages)
                .hasToString(
                        "zoom-ws: Invalid value for option '--from': 'yesterday' is no position: use earliest, latest, a"
                                + " sequence number from 1, or a time with offset such as 2026-11-23T20:00:00Z\n"
                                + "Try 'zoom-ws journal cat --help'.\n");
        assertThat(data.size()).isZero();
    }

    @Test
    void aConfigurationThatCannotBeUsedIsStatusTwo() {
        assertThat(run("run", "-c", "/does/not/exist.yaml")).isEqualTo(2);
        assertThat(messages)
                .hasToString(
                        "zoom-ws: there is no configuration file /does/not/exist.yaml: name an existing one with -c\n");
    }

    @Test
    void aMissingJournalIsOneLineAndStatusOne() {
        assertThat(run("journal", "cat", "--data", directory.toString())).isEqualTo(1);
        assertThat(messages)
                .hasToString("zoom-ws: there is no journal in " + directory
                        + ": name the data directory of a server with --data\n");
    }

    @Test
    void theVersionAndTheHelpAreData() {
        assertThat(run("--version")).isZero();
        assertThat(data).hasToString("zoom-ws unpackaged\n");
        assertThat(run("journal", "cat", "--help")).isZero();
        assertThat(data.toString(StandardCharsets.UTF_8)).contains("Usage: zoom-ws journal cat");
        assertThat(messages.size()).isZero();
    }

    @Test
    void aJournalIsListedCountedAndPrintedBesideItsWriter() {
        try (JournalWriter writer = writer("main")) {
            assertThat(run("journal", "list", "--format", "json", "--data", directory.toString()))
                    .isZero();
            assertThat(data.toString(StandardCharsets.UTF_8))
                    .startsWith("{\"subscription\":\"main\",\"first\":1,\"last\":");
            data.reset();

            writer.close();
            run("journal", "cat", "--format", "json", "--event", "a.*", "--data", directory.toString());
            assertThat(data.toString(StandardCharsets.UTF_8).lines())
                    .hasSize(2)
                    .allMatch(line -> line.endsWith("\"content\":{\"event\":\"a.b\"}}"));
            data.reset();

            run("journal", "stats", "--format", "json", "--data", directory.toString());
            assertThat(data.toString(StandardCharsets.UTF_8))
                    .contains("{\"kind\":\"event\",\"event\":\"a.b\",\"count\":2,\"duplicates\":1,");
            data.reset();

            run("journal", "cat", "--format", "raw", "--data", directory.toString());
            assertThat(data).hasToString("{\"event\":\"a.b\"}\n{\"event\":\"a.b\"}\n{\"module\":\"m\"}\n");
        }
    }

    @Test
    void followingEndsInOrderWhenAskedTo() {
        writer("main").close();
        // Flushed when there is nothing more to print: the moment to ask for the end.
        ByteArrayOutputStream followed = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                stop.request();
            }
        };

        int status = CommandLineInterface.run(
                new String[] {"journal", "cat", "--follow", "--format", "raw", "--data", directory.toString()},
                followed,
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                stop);

        assertThat(status).isZero();
        assertThat(followed).hasToString("{\"event\":\"a.b\"}\n{\"event\":\"a.b\"}\n{\"module\":\"m\"}\n");
    }

    @Test
    void severalJournalsMustBeChosenFrom() {
        writer("one").close();
        writer("two").close();

        assertThat(run("journal", "cat", "--data", directory.toString())).isEqualTo(1);
        assertThat(messages)
                .hasToString("zoom-ws: there are several journals in " + directory
                        + ": choose one with --subscription (one, two)\n");
    }

    @Test
    void aReplayRunsARangeThroughAPluginAndLeavesNoCursor() throws Exception {
        writer("main").close();
        Path log = directory.resolve("log");
        PluginJar.withHandler("public void handle(ZoomEvent event, Delivery delivery) throws Exception {"
                        + " java.nio.file.Files.writeString(java.nio.file.Path.of(\"" + log
                        + "\"), event.sequence() + \" \" + delivery.replay() + \"\\n\","
                        + " java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND); }")
                .writeTo(directory.resolve("plugins/mine/a.jar"));
        Path configuration = Files.writeString(
                directory.resolve("c.yaml"), "zoomws: { plugin-path: ['" + directory.resolve("plugins") + "'] }");

        assertThat(run("replay", "--plugin", "mine", "-c", configuration.toString(), "--data", directory.toString()))
                .isZero();

        assertThat(log).hasContent("2 true");
        assertThat(messages).hasToString("replayed sequence 1 to 5: 1 events handled, 0 gaps, 0 parked\n");
        assertThat(directory.resolve("main/cursors/mine")).doesNotExist();
    }

    @Test
    void aPluginIsDescribed() throws Exception {
        new PluginJar()
                .source(
                        "acme.MailSettings",
                        "@PluginSettings record MailSettings(@Setting(text = \"where to\") java.net.URI server,"
                                + " @Setting(standard = \"30s\") java.time.Duration timeout) {}")
                .source(
                        "acme.Handler",
                        "@SideEffects(\"sends mails\") public class Handler implements EventHandler {"
                                + " public Handler(MailSettings s) {}"
                                + " public void handle(ZoomEvent event, Delivery delivery) {} }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(directory.resolve("plugins/mail/a.jar"));
        Path plugins = directory.resolve("plugins");
        Path configuration = Files.writeString(
                directory.resolve("c.yaml"), "zoomws: { nonsense: 1, plugin-path: ['" + plugins + "'] }");

        assertThat(run("plugins", "describe", "mail", "-c", configuration.toString()))
                .isZero();
        assertThat(data).hasToString("""
                plugin        mail
                path          %s/mail
                jars          a.jar
                handler       acme.Handler
                SPI level     1
                batches       no
                own position  no
                rebuildable   no
                side effects  sends mails
                settings      below zoomws.plugins.<instance>.settings:

                setting  type      standard       text
                server   uri       (must be set)  where to
                timeout  duration  30s            -
                """.formatted(plugins));
        data.reset();
        assertThat(run("plugins", "describe", "mail", "--format", "json", "-c", configuration.toString()))
                .isZero();
        assertThat(data).hasToString("""
                {"plugin":"mail","path":"%s/mail","jars":["a.jar"],"handler":"acme.Handler","spiLevel":1,"batches":false,\
                "ownPosition":false,"rebuildable":false,"sideEffects":"sends mails","settings":[{"name":"server","type":"uri",\
                "required":true,"standard":null,"text":"where to"},{"name":"timeout","type":"duration","required":false,\
                "standard":"30s","text":""}]}
                """.formatted(plugins));
        assertThat(messages).hasToString("");

        assertThat(run("plugins", "describe", "male", "-c", configuration.toString()))
                .isEqualTo(1);
        assertThat(messages)
                .hasToString("zoom-ws: there is no plugin male: looked in [" + plugins
                        + "], found mail; put it there, or set zoomws.plugin-path\n");
    }

    @Test
    void aPluginThatIsNotThereIsOneLine() throws Exception {
        writer("main").close();
        Path configuration =
                Files.writeString(directory.resolve("c.yaml"), "zoomws: { plugin-path: ['" + directory + "'] }");

        assertThat(run("replay", "--plugin", "no", "-c", configuration.toString(), "--data", directory.toString()))
                .isEqualTo(1);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith("zoom-ws: there is no plugin no: looked in [" + directory + "]")
                .hasLineCount(1);
    }

    @Test
    void aDemoRefusesADirectoryThatHoldsRealEvents() {
        writer("main").close();

        assertThat(run("demo", "--data", directory.toString())).isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "zoom-ws: --data: " + directory
                                + " holds the journal of main: simulated events do not belong beside it; choose another directory\n");
    }

    @Test
    void aFaultScriptWithMistakesIsStatusTwoAndTellsThemAll() throws Exception {
        Path script = Files.writeString(
                directory.resolve("faults.yaml"),
                "faults:\n  - after: 5s\n    rest:\n  - event: 2\n    event-delay: soon\n");

        assertThat(run("simulate", "--faults", script.toString())).isEqualTo(2);
        assertThat(messages)
                .hasToString("zoom-ws: " + script + " cannot be used:\n"
                        + "  line 3: unknown fault or key 'rest'; the nearest known one is 'reset'\n"
                        + "  line 5: 'event-delay': 'delay' is a number with ms, s, m, h or d, such as 250ms or 30s, not"
                        + " 'soon'\n");
        assertThat(data.size()).isZero();
    }

    @Test
    void aSimulatorRunsAFaultScriptUntilItIsToldToStop() throws Exception {
        Path script = Files.writeString(directory.resolve("faults.yaml"), "faults: [ { connection: 1, reset: } ]");
        stop.request();

        assertThat(run("simulate", "--faults", script.toString())).isZero();

        assertThat(messages.toString(StandardCharsets.UTF_8)).endsWith(", connections 0, faults 0\n");
    }

    @Test
    void aDemoWhosePortIsTakenSaysSoAndEnds() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(run("demo", "--port", Integer.toString(port), "--data", directory.toString()))
                    .isEqualTo(1);

            assertThat(messages.toString(StandardCharsets.UTF_8).lines().skip(1))
                    .containsExactly(
                            "zoom-ws: --port: port " + port + " of 127.0.0.1 is taken, perhaps by another zoom-ws:"
                                    + " choose another, or 0 for any free one");
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void aDemoIsToldOfAPortThatIsNone() {
        assertThat(run("demo", "--port", "70000", "--data", directory.toString()))
                .isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith("zoom-ws: --port: 70000 is no port: use a number from 0 to 65535\n");
    }

    /** A journal with two equal events and a control frame. */
    private JournalWriter writer(String subscription) {
        JournalWriter writer = JournalWriter.open(directory, subscription);
        for (String frame : new String[] {"{\"event\":\"a.b\"}", "{\"event\":\"a.b\"}", "{\"module\":\"m\"}"}) {
            long connection = frame.contains("event") ? writer.status().appendedSequence() : 9;
            writer.append(
                    StoredKind.TEXT_FRAME,
                    connection,
                    TIME_NANOS,
                    0,
                    ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
        }
        return writer;
    }

    private int run(String... arguments) {
        return CommandLineInterface.run(arguments, data, new PrintStream(messages, true, StandardCharsets.UTF_8), stop);
    }
}
