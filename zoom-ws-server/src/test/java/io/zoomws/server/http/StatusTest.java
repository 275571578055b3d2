package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.auth.Secret;
import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.Server;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.Position;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real server, fed by the simulator, tells of itself. */
@Timeout(60)
class StatusTest {

    private static final String SECRET = SimulatorSettings.standard().clientSecret();
    private static final String PAYLOAD = "payload-canary-0815";

    @TempDir
    private Path directory;

    private Path data = Path.of("");
    private Path plugins = Path.of("");

    @BeforeEach
    void writePlugin() {
        data = directory.resolve("data");
        plugins = directory.resolve("plugins");
        PluginJar.withHandler("public void handle(ZoomEvent event, Delivery delivery) {}")
                .writeTo(plugins.resolve("console/console.jar"));
    }

    @Test
    void aServerThatReceivesIsReadyAndTellsHowFarEverythingIs() throws Exception {
        try (ZoomSimulator simulator = simulator();
                Server server = Server.start(settings(simulator.tokenUrl(), simulator.webSocketUrl(), "console"))) {
            Client client = new Client(server.httpAddress().orElseThrow());
            send(simulator);
            String status = await(client, "/api/v1/status", "\"handled\":1,.*\"lag\":0,.*\"busySince\":null,");

            assertThat(status)
                    .startsWith("{\"version\":\"unpackaged\",\"since\":\"")
                    .contains("\"ready\":true,\"subscriptions\":[{\"name\":\"main\",\"ready\":true,")
                    .contains("\"connection\":{\"state\":\"ready\",\"since\":\"")
                    .contains("\"cause\":\"confirmed by Zoom\",\"number\":1,\"lastFrameAt\":\"20")
                    .contains("\"nextTryAt\":null,\"reconnects\":[]}")
                    .contains("\"binary\":0,\"tooLong\":0,")
                    .contains(
                            "\"journal\":{\"state\":\"running\",\"failure\":null,\"durability\":\"strict\",\"epoch\":1,")
                    .contains("\"gaps\":{\"open\":null,\"totals\":{\"count\":0,\"seconds\":0,\"categories\":[],")
                    .contains("\"plugins\":[{\"name\":\"mine\",\"plugin\":\"console\",\"subscription\":\"main\","
                            + "\"state\":\"running\",\"why\":null,");
            assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(client.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\",\"reasons\":[]}");
            assertThat(client.get("/health/receiving").statusCode()).isEqualTo(200);
            assertThat(client.get("/health/receiving").body())
                    .matches(
                            "\\{\"status\":\"receiving\",\"since\":\"([0-9T:.-]+Z)\",\"reasons\":\\[],\"subscriptions\":\\["
                                    + "\\{\"name\":\"main\",\"receiving\":true,\"since\":\"\\1\",\"reason\":null}]}");
            assertThat(client.get("/api/v1/plugins").body())
                    .startsWith("{\"plugins\":[{\"name\":\"mine\",")
                    .contains("\"parked\":0,\"parkedNow\":0,\"retries\":0,\"position\":");
            assertThat(client.get("/metrics").body())
                    .contains("zoomws_connection_ready{subscription=\"main\"} 1.0\n")
                    .contains("zoomws_connection_state{state=\"ready\",subscription=\"main\"} 1.0\n")
                    .contains("zoomws_connection_state{state=\"backing_off\",subscription=\"main\"} 0.0\n")
                    .contains("zoomws_plugin_handled_total{plugin=\"mine\",subscription=\"main\"} 1.0\n")
                    .contains("zoomws_plugin_lag_seconds{plugin=\"mine\",subscription=\"main\"} 0.0\n")
                    .contains("zoomws_events_total{family=\"meeting\",subscription=\"main\"} 0.0\n")
                    .contains("zoomws_events_total{family=\"other\",subscription=\"main\"} 1.0\n")
                    .contains("zoomws_journal_barrier_seconds_bucket{subscription=\"main\",le=\"+Inf\"} ")
                    .containsPattern("zoomws_journal_oldest_timestamp_seconds\\{subscription=\"main\"} 1\\.")
                    .containsPattern("zoomws_disk_usable_bytes\\{subscription=\"main\"} [1-9]");
            assertThat(status)
                    .contains(",\"families\":{\"other\":1},\"duplicates\":0,")
                    .containsPattern(",\"disk\":\\{\"usableBytes\":\\d+,\"reserveBytes\":0,\"journalBytes\":[1-9]\\d*,"
                            + "\"oldestAt\":\"20")
                    .endsWith(",\"retention\":{\"maxAgeSeconds\":null,\"maxBytes\":null,\"keepFreeBytes\":null}}");
        }
    }

    @Test
    void withoutZoomItIsLiveAndReadyButDoesNotReceiveAndSaysWhy() throws Exception {
        try (Server server = Server.start(settings(nowhere("http"), nowhere("ws"), "console"))) {
            Client client = new Client(server.httpAddress().orElseThrow());

            HttpResponse<String> receiving = client.get("/health/receiving");

            assertThat(receiving.statusCode()).isEqualTo(503);
            assertThat(receiving.body())
                    .startsWith("{\"status\":\"not receiving\",\"since\":")
                    .contains("\"reasons\":[\"main: ", "\"subscriptions\":[{\"name\":\"main\",\"receiving\":false,");
            assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(client.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
            await(client, "/api/v1/status", "\"reconnects\":\\[\\{\"cause\":\"token\",\"count\":\\d+\\}\\]");
            await(client, "/metrics", "zoomws_connection_ready\\{subscription=\"main\"\\} 0\\.0");
        }
    }

    @Test
    void gapsComeInPagesWithTheirUnionAndTheOneThatIsOpen() throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            gap(writer, "00:00:00", "00:01:00", "closed by Zoom (1000 Bye)");
            gap(writer, "00:00:30", "00:02:00", "crash");
            writer.append(StoredKind.CONNECTED, 1, 1, 0, utf8("{}"));
            writer.append(StoredKind.TEXT_FRAME, 1, 1, 1_795_000_000_000_000_000L, utf8("{\"module\":\"heartbeat\"}"));
            gap(writer, "01:00:00", "01:00:10", "crash");
        }
        try (Server server = Server.start(settings(nowhere("http"), nowhere("ws"), "console"))) {
            Client client = new Client(server.httpAddress().orElseThrow());
            String all = await(client, "/api/v1/gaps", "\"complete\":true");

            assertThat(all)
                    .startsWith("{\"subscription\":\"main\",\"gaps\":[{\"sequence\":2,\"receivedAt\":\"")
                    .contains(
                            "\"next\":null,\"open\":{\"from\":\"2026-11-18T11:06:40.000000000Z\",\"to\":null,\"seconds\":")
                    .contains("\"cause\":\"restart\",\"category\":\"restart\"}")
                    .contains("\"totals\":{\"count\":3,\"seconds\":130,\"categories\":["
                            + "{\"category\":\"crash\",\"count\":2,\"seconds\":100},"
                            + "{\"category\":\"closed\",\"count\":1,\"seconds\":60}],\"unreadable\":0}");
            assertThat(client.get("/api/v1/gaps?limit=1").body())
                    .contains("\"sequence\":2,")
                    .contains("\"next\":3")
                    .doesNotContain("\"sequence\":3,");
            assertThat(client.get("/api/v1/gaps?from=4&limit=1").body())
                    .contains("\"sequence\":6,")
                    .contains("\"next\":null");
            await(client, "/metrics", "zoomws_gap_seconds_total\\{subscription=\"main\"\\} 130\\.0");
            assertThat(client.get("/metrics").body())
                    .contains("zoomws_gaps_total{cause=\"crash\",subscription=\"main\"} 2.0\n")
                    .contains("zoomws_gap_open{subscription=\"main\"} 1.0\n");
        }
    }

    @Test
    void aPluginThatIsMissingIsShownWithTheReason() throws Exception {
        try (Server server = Server.start(settings(nowhere("http"), nowhere("ws"), "missing"))) {
            Client client = new Client(server.httpAddress().orElseThrow());

            assertThat(client.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(client.get("/health/ready").body())
                    .isEqualTo("{\"status\":\"not ready\",\"reasons\":[\"main: plugin instance mine is refused\"]}");
            assertThat(client.get("/api/v1/plugins").body())
                    .startsWith("{\"plugins\":[{\"name\":\"mine\",\"plugin\":\"missing\",\"subscription\":\"main\","
                            + "\"state\":\"refused\",\"why\":\"there is no plugin missing: ")
                    .endsWith(
                            "\"position\":null,\"lag\":null,\"pid\":null,\"restarts\":0,\"busySince\":null,\"threads\":0,\"cpuSeconds\":0,\"lagSeconds\":null}]}");
            assertThat(client.get("/metrics").body())
                    .contains("zoomws_plugin_running{plugin=\"mine\",subscription=\"main\"} 0.0\n");
        }
    }

    @Test
    void noAnswerHoldsASecretATokenOrAPayload() throws Exception {
        try (ZoomSimulator simulator = simulator();
                Server server = Server.start(settings(simulator.tokenUrl(), simulator.webSocketUrl(), "console"))) {
            Client client = new Client(server.httpAddress().orElseThrow());
            send(simulator);
            await(client, "/api/v1/status", "\"handled\":1,");

            for (String path : List.of(
                    "/",
                    "/health/live",
                    "/health/ready",
                    "/health/receiving",
                    "/metrics",
                    "/api/v1/status",
                    "/api/v1/gaps",
                    "/api/v1/plugins",
                    "/api/v1/session",
                    "/api/v1/events",
                    "/api/v1/events?before=latest",
                    "/api/v1/parked",
                    "/api/v1/openapi.json",
                    "/nothing?access_token=" + SECRET,
                    "/api/v1/gaps?subscription=" + SECRET,
                    "/api/v1/gaps?from=" + SECRET)) {
                HttpResponse<String> answer = client.get(path);
                assertThat(answer.body() + answer.headers().map())
                        .as(path)
                        .doesNotContain(SECRET, PAYLOAD, "access_token", "eyJ");
            }
        }
    }

    @Test
    void aTakenPortEndsTheStartBeforeAnythingIsTouched() {
        try (HttpPort taken = HttpPort.take(InetAddress.getLoopbackAddress(), 0)) {
            assertThatThrownBy(() -> Server.start(settings(nowhere("http"), nowhere("ws"), "console", taken.number())))
                    .isInstanceOf(HttpServerException.class)
                    .hasMessageStartingWith("port " + taken.number() + " of 127.0.0.1 is taken");
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void aTakenPortIsNotBlamedWhereTheJournalIsHeld() {
        try (HttpPort taken = HttpPort.take(InetAddress.getLoopbackAddress(), 0);
                JournalWriter held = JournalWriter.open(data, "main")) {
            long before = held.status().appendedSequence();

            assertThatThrownBy(() -> Server.start(settings(nowhere("http"), nowhere("ws"), "console", taken.number())))
                    .isInstanceOf(JournalException.class)
                    .hasMessageMatching("\\QThe journal of main in " + data + " is in use by process "
                            + ProcessHandle.current().pid()
                            + " on \\E\\S+ since \\S+Z\\. Stop that one first, or use another\\.");

            assertThat(held.status().appendedSequence()).isEqualTo(before);
        }
    }

    @Test
    void whatPluginsTellIsAmongTheMetricsAndWrongSettingsStopTheirInstanceOnly() throws Exception {
        new PluginJar()
                .source("acme.Greeting", "@PluginSettings public record Greeting(int copies) {}")
                .source(
                        "acme.Handler",
                        "public class Handler implements EventHandler {"
                                + " public Handler(Greeting greeting, PluginMetrics metrics) {"
                                + " metrics.counter(\"copies\", \"Copies made\").add(greeting.copies()); }"
                                + " public void handle(ZoomEvent event, Delivery delivery) {} }")
                .service("io.zoomws.spi.EventHandler", "acme.Handler")
                .writeTo(plugins.resolve("greeting/a.jar"));
        Settings.PluginInstance good = instance("good", "3");
        Settings.PluginInstance bad = instance("bad", "three");
        try (LoggedLines lines = LoggedLines.of(PluginInstance.class)) {
            try (Server server = Server.start(settings(nowhere("http"), nowhere("ws"), List.of(bad, good), 0))) {
                Client client = new Client(server.httpAddress().orElseThrow());
                await(client, "/metrics", Pattern.quote("""
                        # HELP zoomws_plugin_custom_copies_total Copies made
                        # TYPE zoomws_plugin_custom_copies_total counter
                        zoomws_plugin_custom_copies_total{plugin="good",subscription="main"} 3.0
                        """));
                await(client, "/api/v1/plugins", "\"bad\",.*\"state\":\"failed\".*\"state\":\"running\"");
            }
            assertThat(lines.errors())
                    .containsExactly("plugin greeting is refused: 1 mistake in its settings:"
                            + " zoomws.plugins.bad.settings.copies: 'three' is no whole number such as 25 (set in c.yaml:7) ["
                            + plugins.resolve("greeting/a.jar")
                            + "]; mend the configuration; 'zoom-ws plugins describe' lists what this plugin takes; instance"
                            + " bad does not run");
        }
    }

    private static Settings.PluginInstance instance(String name, String copies) {
        return new Settings.PluginInstance(
                name,
                "greeting",
                Position.LATEST,
                EventChoice.ALL,
                Optional.empty(),
                false,
                LostPosition.STOP,
                Isolation.THREAD,
                Settings.PluginInstance.STANDARD_JVM_OPTIONS,
                new RawSettings(
                        "zoomws.plugins." + name + ".settings",
                        Map.of("copies", new RawSettings.Value(copies, false, "c.yaml:7"))));
    }

    @Test
    void everyMetricIsDocumentedAndNoOther() throws Exception {
        String page = Files.readString(Path.of("../docs/metrics.md"));
        try (Server server = Server.start(settings(nowhere("http"), nowhere("ws"), "console"))) {
            String metrics = new Client(server.httpAddress().orElseThrow())
                    .get("/metrics")
                    .body();

            assertThat(found("(?m)^\\| `(zoomws_[a-z_]+)` \\|", page))
                    .isEqualTo(found("(?m)^# TYPE ([a-z_]+) ", metrics))
                    .isEqualTo(found("(?m)^# HELP ([a-z_]+) ", metrics))
                    .hasSizeGreaterThan(20);
        }
    }

    private static TreeSet<String> found(String regex, String text) {
        TreeSet<String> names = new TreeSet<>();
        Pattern.compile(regex).matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    private static ZoomSimulator simulator() {
        return ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(0));
    }

    private static void send(ZoomSimulator simulator) throws InterruptedException {
        while (!simulator.send("{\"event\":\"a.b\",\"payload\":{\"object\":{\"topic\":\"" + PAYLOAD + "\"}}}")) {
            new StopRequest().await(Duration.ofMillis(20));
        }
    }

    /** Asks until the answer matches; the time limit of the test is the limit. */
    private static String await(Client client, String path, String regex) throws Exception {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
        while (true) {
            String answer = client.get(path).body();
            if (pattern.matcher(answer).find()) {
                return answer;
            }
            new StopRequest().await(Duration.ofMillis(20));
        }
    }

    private static void gap(JournalWriter writer, String from, String to, String cause) {
        String json =
                "{\"from\":\"2026-01-01T" + from + "Z\",\"to\":\"2026-01-01T" + to + "Z\",\"cause\":\"" + cause + "\"}";
        writer.append(StoredKind.GAP, 0, 1, 0, utf8(json));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Port 1 of this machine, where nobody answers. */
    private static URI nowhere(String scheme) {
        return URI.create(scheme + "://127.0.0.1:1/nowhere");
    }

    private Settings settings(URI tokenUrl, URI webSocketUrl, String plugin) {
        return settings(tokenUrl, webSocketUrl, plugin, 0);
    }

    private Settings settings(URI tokenUrl, URI webSocketUrl, String plugin, int port) {
        return settings(
                tokenUrl, webSocketUrl, List.of(new Settings.PluginInstance("mine", plugin, Position.LATEST)), port);
    }

    private Settings settings(URI tokenUrl, URI webSocketUrl, List<Settings.PluginInstance> instances, int port) {
        SimulatorSettings app = SimulatorSettings.standard();
        return new Settings(
                data,
                List.of(new Settings.Subscription(
                        "main",
                        app.subscriptionId(),
                        app.clientId(),
                        Secret.of(SECRET),
                        Optional.of(app.accountId()),
                        tokenUrl,
                        webSocketUrl)),
                List.of(plugins),
                Settings.Connection.STANDARD,
                instances,
                Settings.Http.loopback(port));
    }
}
