package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.util.ResourceLeakDetector;
import io.zoomws.simulator.TestClient.Socket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoomSimulatorTest {

    private static final SimulatorSettings QUIET = SimulatorSettings.standard().withEventsPerSecond(0);
    private static final String ACCEPTED =
            "{\"module\":\"build_connection\",\"success\":true,\"content\":\"ok\",\"header\":{}}";
    private static final String HEARTBEAT = "{\"module\":\"heartbeat\"}";
    private static final String HEARTBEAT_ANSWER =
            "{\"module\":\"heartbeat\",\"success\":true,\"content\":\"live\",\"header\":{}}";

    @BeforeAll
    static void everyLeakIsReported() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @ParameterizedTest
    @CsvSource({
        "'', grant_type=client_credentials",
        "'', grant_type=account_credentials&account_id=simulated-account-id",
        "?grant_type=account_credentials&account_id=simulated-account-id, ''",
        "?grant_type=client_credentials, ''",
    })
    void issuesTokensForBothGrantsInBodyAndQuery(String query, String form) throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            HttpResponse<String> answer = new TestClient(zoom)
                    .token(
                            query,
                            form,
                            zoom.settings().clientId(),
                            zoom.settings().clientSecret());

            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode token = TestClient.JSON.readTree(answer.body());
            assertThat(token.get("access_token").asText())
                    .hasSizeGreaterThan(600)
                    .startsWith("eyJ");
            assertThat(token.get("token_type").asText()).isEqualTo("bearer");
            assertThat(token.get("expires_in").asInt()).isEqualTo(3599);
            assertThat(zoom.stats().tokensIssued()).isEqualTo(1);
        }
    }

    @Test
    void refusesWrongCredentialsAndWrongAccountsAsZoomDoes() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);
            String id = zoom.settings().clientId();
            String secret = zoom.settings().clientSecret();

            HttpResponse<String> wrongSecret = client.token("", "grant_type=client_credentials", id, "guess");
            assertThat(wrongSecret.statusCode()).isEqualTo(400);
            assertThat(wrongSecret.body())
                    .isEqualTo("{\"reason\":\"Invalid client_id or client_secret\",\"error\":\"invalid_client\"}");

            HttpResponse<String> wrongAccount =
                    client.token("", "grant_type=account_credentials&account_id=other", id, secret);
            assertThat(wrongAccount.statusCode()).isEqualTo(400);
            assertThat(wrongAccount.body()).isEqualTo("{\"reason\":\"Bad Request\",\"error\":\"invalid_request\"}");

            assertThat(client.token("", "", id, secret).statusCode()).isEqualTo(400);
            assertThat(zoom.stats().tokensRefused()).isEqualTo(3);
        }
    }

    @Test
    void acceptsInBandAndAnswersHeartbeatsAndPings() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.connect(client.token());

            assertThat(socket.next()).isEqualTo(ACCEPTED);
            socket.send(HEARTBEAT);
            assertThat(socket.next()).isEqualTo(HEARTBEAT_ANSWER);
            socket.send("what is this");
            socket.ping();
            assertThat(socket.next()).isEqualTo("pong");
            assertThat(zoom.stats().heartbeats()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', token is empty",
        "&access_token=, token is empty",
        "&access_token=guess, Token is invalid",
    })
    void upgradesWhateverTheTokenAndRefusesInBand(String token, String text) throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            Socket socket = new TestClient(zoom)
                    .open("?subscriptionId=" + zoom.settings().subscriptionId() + token);

            assertThat(socket.next())
                    .isEqualTo("{\"module\":\"build_connection\",\"success\":false,\"content\":\"" + text
                            + "\",\"header\":{}}");
            assertThat(socket.next()).isEqualTo("close 1000 Bye");
            assertThat(zoom.stats().connectionsRefused()).isEqualTo(1);
            assertThat(zoom.stats().connectionsOpened()).isZero();
        }
    }

    @Test
    void aMissingSubscriptionIs404AtTheHandshake() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);
            String token = client.token();

            assertThatThrownBy(() -> client.open("?access_token=" + token))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(WebSocketHandshakeException.class)
                    .satisfies(e -> assertThat(((WebSocketHandshakeException) e.getCause())
                                    .getResponse()
                                    .statusCode())
                            .isEqualTo(404));
        }
    }

    @Test
    void aTokenEndsWithItsLife() throws Exception {
        ManualClock clock = new ManualClock();
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET.withTokenLife(Duration.ofSeconds(60)), clock)) {
            TestClient client = new TestClient(zoom);
            String token = client.token();
            assertThat(client.connect(token).next()).isEqualTo(ACCEPTED);

            clock.advance(Duration.ofSeconds(60));

            assertThat(client.connect(token).next()).contains("Token is invalid");
        }
    }

    @Test
    void aNewTokenEndsTheOldOneIfSoSet() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET.withNewTokenEndsOld(true))) {
            TestClient client = new TestClient(zoom);
            String old = client.token();
            String fresh = client.token();

            assertThat(client.connect(old).next()).contains("Token is invalid");
            assertThat(client.connect(fresh).next()).isEqualTo(ACCEPTED);
        }
    }

    @ParameterizedTest
    @CsvSource({"FRAME, close 1000 Bye", "REASON, close 1000 Connected in another place", "BARE, 'close 1000 '"})
    void theNewerConnectionWins(KickStyle style, String close) throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET.withKickStyle(style))) {
            TestClient client = new TestClient(zoom);
            Socket older = client.connect(client.token());
            assertThat(older.next()).isEqualTo(ACCEPTED);
            Socket newer = client.connect(client.token());
            assertThat(newer.next()).isEqualTo(ACCEPTED);

            if (style == KickStyle.FRAME) {
                assertThat(older.next()).contains("\"success\":false", "Connected in another place");
            }
            assertThat(older.next()).isEqualTo(close);
            zoom.send("{\"event\":\"x\"}");
            assertThat(newer.next())
                    .isEqualTo("{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"x\\\"}\",\"header\":{}}");
            assertThat(zoom.stats().connectionsKicked()).isEqualTo(1);
        }
    }

    @Test
    void aSilentClientIsCut() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET.withSilenceLimit(Duration.ofMillis(200)))) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.connect(client.token());

            assertThat(socket.next()).isEqualTo(ACCEPTED);
            assertThat(socket.next()).isEqualTo("close 1000 Bye");
            assertThat(zoom.stats().connectionsSilent()).isEqualTo(1);
        }
    }

    @Test
    void tellsAStoryOfDifferentEvents() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(
                SimulatorSettings.standard().withEventsPerSecond(5_000).withLedgerLimit(5_000))) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.connect(client.token());
            assertThat(socket.next()).isEqualTo(ACCEPTED);

            Set<String> types = new HashSet<>();
            Set<String> events = new HashSet<>();
            List<String> frames = new ArrayList<>();
            // Without a count: with one, all may have happened before we were connected.
            while (frames.size() < 5_000
                    || frames.size()
                            < zoom.stats().eventsGenerated() - zoom.stats().eventsMissed()) {
                String frame = socket.next();
                frames.add(frame);
                JsonNode message = TestClient.JSON.readTree(frame);
                assertThat(message.get("module").asText()).isEqualTo("message");
                assertThat(message.get("header").isObject()).isTrue();
                assertThat(events.add(message.get("content").asText())).isTrue();
                types.add(TestClient.JSON
                        .readTree(message.get("content").asText())
                        .get("event")
                        .asText());
                if (frames.size() == 5_000) {
                    zoom.stopSending();
                }
            }

            assertThat(types)
                    .contains(
                            "meeting.created",
                            "meeting.started",
                            "meeting.participant_joined",
                            "meeting.participant_left",
                            "meeting.ended",
                            "recording.completed",
                            "user.created",
                            "bot_installed")
                    .hasSizeGreaterThan(35);
            assertThat(zoom.sent())
                    .extracting(SentEvent::frame)
                    .isEqualTo(frames.subList(frames.size() - 5_000, frames.size()));
            SimulatorStats stats = zoom.stats();
            assertThat(stats.eventsSent() + stats.eventsMissed()).isEqualTo(stats.eventsGenerated());
        }
    }

    @Test
    void whatHappensWhileNobodyIsConnectedIsLost() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);

            HttpResponse<String> posted = client.post("/events", "{\"event\":\"x\"}");

            assertThat(posted.statusCode()).isEqualTo(202);
            assertThat(posted.body()).isEqualTo("{\"connections\":0}");
            JsonNode stats = client.stats();
            assertThat(stats.get("eventsGenerated").asInt()).isEqualTo(1);
            assertThat(stats.get("eventsMissed").asInt()).isEqualTo(1);
            assertThat(stats.get("eventsSent").asInt()).isZero();
        }
    }

    @Test
    void sendsWhatIsPosted() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.connect(client.token());
            assertThat(socket.next()).isEqualTo(ACCEPTED);

            assertThat(client.post("/events", "{\"event\":\"my.own\", \"n\":1e-07}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(socket.next())
                    .isEqualTo(
                            "{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"my.own\\\", \\\"n\\\":1e-07}\",\"header\":{}}");
            client.post("/events?content=object", "{\"event\":\"my.own\"}");
            assertThat(socket.next())
                    .isEqualTo("{\"module\":\"message\",\"content\":{\"event\":\"my.own\"},\"header\":{}}");
            client.post("/events?raw=true", "not even JSON");
            assertThat(socket.next()).isEqualTo("not even JSON");
            assertThat(client.stats()
                            .get("connections")
                            .get(0)
                            .get("eventsSent")
                            .asInt())
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"event\":1}", "{"})
    void saysWhatIsWrongWithAPostedEvent(String body) throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            HttpResponse<String> answer = new TestClient(zoom).post("/events", body);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(TestClient.JSON.readTree(answer.body()).get("error").asText())
                    .isNotEmpty();
        }
    }

    @Test
    void anUnknownPathIsToldWhatThereIs() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            HttpResponse<String> answer = new TestClient(zoom).get("/nothing");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"error\":\"there are: POST /oauth/token, GET /ws (WebSocket), GET /stats, POST /events,"
                                    + " POST /faults, DELETE /faults\"}");
        }
    }

    @Test
    void sendsTheEventsOfADirectoryInTheOrderOfTheirNames(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("2.json"), "{\"event\":\"two\"}");
        Files.writeString(directory.resolve("1.json"), "{\n  \"event\": \"one\",\n  \"n\": 1.50\n}\n");
        Files.writeString(directory.resolve("readme.txt"), "not an event");
        SimulatorSettings settings = SimulatorSettings.standard()
                .withEventsDirectory(directory)
                .withEventsPerSecond(1)
                .withCount(3);
        DirectoryEvents events = DirectoryEvents.read(directory);

        assertThat(List.of(events.next(), events.next(), events.next()))
                .containsExactly(
                        "{\"event\":\"one\",\"n\":1.50}", "{\"event\":\"two\"}", "{\"event\":\"one\",\"n\":1.50}");
        ZoomSimulator.start(settings).close();
    }

    @Test
    void saysWhatIsWrongWithADirectory(@TempDir Path directory) throws Exception {
        assertThatThrownBy(() -> DirectoryEvents.read(directory.resolve("absent")))
                .hasMessage("there is no directory " + directory.resolve("absent")
                        + ": name one that holds events as .json files");
        assertThatThrownBy(() -> DirectoryEvents.read(directory))
                .hasMessage("there is no .json file in " + directory + ": put one event into each file");
        Path file = Files.writeString(directory.resolve("a.json"), "[1]");
        assertThatThrownBy(() -> DirectoryEvents.read(directory))
                .hasMessage(file + " is no event: it must be a JSON object with a text \"event\"");
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ZoomSimulator.start(QUIET.withPort(taken.getLocalPort())))
                    .isInstanceOf(SimulatorException.class)
                    .hasMessageStartingWith("port " + taken.getLocalPort() + " cannot be listened on (")
                    .hasMessageEndingWith("): end what uses it, or choose another port; 0 takes any free one");
        }
    }

    @Test
    void aHeartbeatInFragmentsIsAnswered() throws Exception {
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.connect(client.token());
            assertThat(socket.next()).isEqualTo(ACCEPTED);

            socket.sendPart("{\"module\":", false);
            socket.sendPart("\"heartbeat\"}", true);

            assertThat(socket.next()).isEqualTo(HEARTBEAT_ANSWER);
        }
    }

    @Test
    void aTokenOfBeforeARestartIsNotIssuedAgain() throws Exception {
        String before;
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            before = new TestClient(zoom).token();
        }
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET)) {
            TestClient client = new TestClient(zoom);
            assertThat(client.token()).isNotEqualTo(before);
            assertThat(client.connect(before).next()).contains("Token is invalid");
        }
    }

    @Test
    void sayingGoodbyeClosesConnections() throws Exception {
        ZoomSimulator zoom = ZoomSimulator.start(QUIET);
        TestClient client = new TestClient(zoom);
        Socket socket = client.connect(client.token());
        assertThat(socket.next()).isEqualTo(ACCEPTED);

        zoom.close();
        zoom.close();

        assertThat(socket.next()).isEqualTo("close 1001 simulator ends");
    }
}
