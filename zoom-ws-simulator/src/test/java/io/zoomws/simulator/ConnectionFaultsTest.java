package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoomws.simulator.TestClient.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionFaultsTest {

    private static final SimulatorSettings QUIET =
            SimulatorSettings.standard().withEventsPerSecond(0).withLedgerLimit(100);
    private static final String HEARTBEAT = "{\"module\":\"heartbeat\"}";

    @Test
    void closesWithTheCodeAndReasonOfTheScript() throws Exception {
        try (ZoomSimulator zoom = example("close")) {
            Instant before = Instant.now();
            Socket socket = new TestClient(zoom).ready();

            assertThat(socket.next()).isEqualTo("close 1011 try again");
            assertThat(zoom.faults()).extracting(InjectedFault::fault).containsExactly("close");
            assertThat(zoom.stats().faultsDone()).isEqualTo(1);
            SimulatorStats.Connection connection = zoom.stats().connections().get(0);
            assertThat(connection.cause()).contains(EndCause.FAULT);
            assertThat(connection.readyAt()).isAfterOrEqualTo(before);
            assertThat(connection.endedAt().orElseThrow()).isAfterOrEqualTo(connection.readyAt());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none, 'close 1005 '",
        "1000, 'close 1000 '",
        "1008, 'close 1008 '",
        "4000, 'close 4000 '",
        "1006, error"
    })
    void closesWithAnyCodeAlsoOneThatNoServerMaySend(String code, String arrives) throws Exception {
        try (ZoomSimulator zoom = script("[ { connection: 1, close: " + code + " } ]")) {
            assertThat(new TestClient(zoom).ready().next()).isEqualTo(arrives);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "drop", "half-close"})
    void breaksTheTcpConnectionWithoutAWord(String fault) throws Exception {
        try (ZoomSimulator zoom = example(fault)) {
            Socket socket = new TestClient(zoom).ready();

            assertThat(zoom.send("{\"event\":\"lost\"}")).isFalse();

            assertThat(socket.next()).isIn("error", "close 1006 ");
            assertThat(zoom.faults()).extracting(InjectedFault::fault).containsExactly(fault);
            assertThat(zoom.stats().connections().get(0).cause()).contains(EndCause.FAULT);
            assertThat(zoom.missed()).extracting(MissedEvent::event).containsExactly(1L);
        }
    }

    @Test
    void aMutedConnectionSendsNothingAndReads() throws Exception {
        try (ZoomSimulator zoom = example("mute")) {
            Socket socket = new TestClient(zoom).ready();
            zoom.send("{\"event\":\"missed\"}");

            zoom.clearFaults();
            zoom.send("{\"event\":\"sent\"}");

            assertThat(socket.next()).contains("sent");
            assertThat(zoom.missed())
                    .extracting(MissedEvent::event, MissedEvent::connection)
                    .containsExactly(tuple(1L, 1L));
            assertThat(zoom.sent())
                    .extracting(SentEvent::event, SentEvent::connection)
                    .containsExactly(tuple(2L, 1L));
        }
    }

    @Test
    void aMutedConnectionCannotSayGoodbyeUntilItSpeaksAgain() throws Exception {
        try (ZoomSimulator zoom = example("mute")) {
            TestClient client = new TestClient(zoom);
            Socket older = client.ready();
            Socket newer = client.ready();
            assertThat(zoom.stats().connections().get(0).cause()).contains(EndCause.KICKED);

            zoom.send("{\"event\":\"x\"}");
            assertThat(newer.next()).contains("x");
            zoom.clearFaults();

            assertThat(older.next()).isEqualTo("close 1000 Bye");
        }
    }

    @Test
    void aDeafConnectionReadsOnlyWhenItHearsAgain() throws Exception {
        try (ZoomSimulator zoom = example("deaf")) {
            Socket socket = new TestClient(zoom).ready();
            zoom.send("{\"event\":\"missed\"}");
            socket.send(HEARTBEAT);
            assertThat(zoom.stats().heartbeats()).isZero();

            zoom.clearFaults();

            assertThat(socket.next()).isEqualTo(Frames.HEARTBEAT_ANSWER);
            assertThat(zoom.stats().eventsMissed()).isEqualTo(1);
        }
    }

    @Test
    void aStalledConnectionSendsEverythingInOneBurst() throws Exception {
        try (ZoomSimulator zoom = example("stall")) {
            Socket socket = new TestClient(zoom).ready();
            for (int i = 0; i < 20; i++) {
                zoom.send("{\"event\":\"n" + i + "\"}");
            }
            assertThat(zoom.stats().eventsSent()).isZero();

            zoom.clearFaults();

            for (int i = 0; i < 20; i++) {
                assertThat(socket.next()).contains("n" + i);
            }
            assertThat(zoom.stats().eventsSent()).isEqualTo(20);
        }
    }

    @Test
    void whatIsHeldWhenTheConnectionEndsIsMissed() throws Exception {
        try (ZoomSimulator zoom = script("[ { connection: 1, stall: , for: 90s }, { event: 3, drop: } ]")) {
            Socket socket = new TestClient(zoom).ready();
            for (int i = 0; i < 3; i++) {
                zoom.send("{\"event\":\"x\"}");
            }

            assertThat(socket.next()).isIn("error", "close 1006 ");
            assertThat(zoom.missed()).extracting(MissedEvent::connection).containsExactlyInAnyOrder(1L, 1L, 0L);
            assertThat(zoom.stats().eventsMissed()).isEqualTo(3);
        }
    }

    @Test
    void heartbeatsGoUnansweredWhileEventsFlow() throws Exception {
        try (ZoomSimulator zoom = example("ignore-heartbeats")) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.ready();
            socket.send(HEARTBEAT);
            socket.ping();
            assertThat(socket.next()).isEqualTo("pong");
            zoom.send("{\"event\":\"x\"}");
            assertThat(socket.next()).contains("x");

            zoom.clearFaults();
            socket.send(HEARTBEAT);

            assertThat(socket.next()).isEqualTo(Frames.HEARTBEAT_ANSWER);
            assertThat(zoom.stats().heartbeats()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(KickStyle.class)
    void aRivalThatIsNotThereKicksInEachStyle(KickStyle style) throws Exception {
        FaultScript script = style == KickStyle.REASON
                ? FaultsPage.example("kick")
                : FaultScript.of("faults: [ { connection: 1, kick: " + ScriptMapping.word(style) + " } ]");
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET.withFaults(script))) {
            Socket socket = new TestClient(zoom).ready();

            if (style == KickStyle.FRAME) {
                assertThat(socket.next()).isEqualTo(Frames.refused("Connected in another place"));
            }
            assertThat(socket.next())
                    .isEqualTo(
                            switch (style) {
                                case FRAME -> "close 1000 Bye";
                                case REASON -> "close 1000 Connected in another place";
                                case BARE -> "close 1000 ";
                            });
            assertThat(zoom.stats().connectionsKicked()).isEqualTo(1);
            assertThat(zoom.stats().connections().get(0).cause()).contains(EndCause.KICKED);
        }
    }

    @Test
    void twoConnectionsLiveAndBothGetEachEvent() throws Exception {
        try (ZoomSimulator zoom = example("overlap")) {
            TestClient client = new TestClient(zoom);
            Socket older = client.ready();
            Socket newer = client.ready();

            assertThat(zoom.send("{\"event\":\"x\"}")).isTrue();

            assertThat(older.next()).isEqualTo(newer.next());
            SimulatorStats stats = zoom.stats();
            assertThat(List.of(
                            stats.connectionsLive(),
                            stats.eventsGenerated(),
                            stats.eventsSent(),
                            stats.eventsRepeated()))
                    .containsExactly(2L, 1L, 1L, 1L);
            assertThat(zoom.sent()).extracting(SentEvent::event).containsExactly(1L, 1L);
            assertThat(zoom.sent()).extracting(SentEvent::connection).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @ParameterizedTest
    @CsvSource({"alternate, 1 2 1 2", "older, 1 1 1 1"})
    void overlappingConnectionsShareTheEvents(String sharing, String connections) throws Exception {
        try (ZoomSimulator zoom = script("[ { connection: 2, overlap: " + sharing + " } ]")) {
            TestClient client = new TestClient(zoom);
            client.ready();
            client.ready();

            for (int i = 0; i < 4; i++) {
                zoom.send("{\"event\":\"x\"}");
            }
            zoom.stopSending();

            assertThat(zoom.sent().stream().map(event -> Long.toString(event.connection())))
                    .containsExactly(connections.split(" "));
        }
    }

    @Test
    void anOverlapEndsWithAKick() throws Exception {
        try (ZoomSimulator zoom = script("[ { connection: 2, overlap: , for: 50ms } ]")) {
            TestClient client = new TestClient(zoom);
            Socket older = client.ready();
            client.ready();

            assertThat(older.next()).contains("Connected in another place");
            assertThat(older.next()).isEqualTo("close 1000 Bye");
            assertThat(zoom.stats().connectionsLive()).isEqualTo(1);
        }
    }

    @Test
    void aSilentClientIsCutSooner() throws Exception {
        try (ZoomSimulator zoom = example("silence-limit")) {
            assertThat(new TestClient(zoom).ready().next()).isEqualTo("close 1000 Bye");
            assertThat(zoom.stats().connectionsSilent()).isEqualTo(1);
            assertThat(zoom.stats().connections().get(0).cause()).contains(EndCause.SILENT);
        }
    }

    @Test
    void aConnectionDoesNotSurviveItsTokenIfSoSet() throws Exception {
        // A clock that stands still: on a slow machine the token must not end before the connection begins.
        try (ZoomSimulator zoom =
                ZoomSimulator.start(QUIET.withFaults(FaultsPage.example("close-at-expiry")), new ManualClock())) {
            assertThat(new TestClient(zoom).ready().next()).isEqualTo("close 1008 token expired");
            assertThat(zoom.stats().connections().get(0).cause()).contains(EndCause.TOKEN_EXPIRED);
        }
    }

    @Test
    void endedTokensAreRefusedWhileTheConnectionStays() throws Exception {
        try (ZoomSimulator zoom = example("expire-tokens")) {
            TestClient client = new TestClient(zoom);
            String token = client.token();
            Socket socket = client.connect(token);
            assertThat(socket.next()).isEqualTo(Frames.ACCEPTED);

            assertThat(client.connect(token).next()).isEqualTo(Frames.refused("Token is invalid"));
            zoom.send("{\"event\":\"x\"}");
            assertThat(socket.next()).contains("x");
        }
    }

    @Test
    void newTcpConnectionsAreClosedAtOnce() throws Exception {
        try (ZoomSimulator zoom = example("accept-and-close")) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.ready();

            try (java.net.Socket tcp = new java.net.Socket(InetAddress.getLoopbackAddress(), zoom.port())) {
                assertThat(end(tcp)).isTrue();
            }
            zoom.send("{\"event\":\"x\"}");
            assertThat(socket.next()).contains("x");
            zoom.clearFaults();
            client.ready();
        }
    }

    private static boolean end(java.net.Socket tcp) {
        try {
            return tcp.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void theConnectionsOfTheLedgerEndAsTheServerSawThem() throws Exception {
        ManualClock clock = new ManualClock();
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET, clock)) {
            Instant ready = clock.instant();
            new TestClient(zoom).ready();
            // The client is told before the simulator writes it down; this waits for that.
            assertThat(zoom.stats().connectionsLive()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(7));
            zoom.inject(FaultScript.of("faults: [ { event: 1, close: 1001 } ]"));

            zoom.send("{\"event\":\"x\"}");

            assertThat(zoom.stats().connections())
                    .containsExactly(new SimulatorStats.Connection(
                            1, false, 0, 0, ready, Optional.of(ready.plusSeconds(7)), Optional.of(EndCause.FAULT)));
            assertThat(zoom.missed()).containsExactly(new MissedEvent(1, 0, ready.plusSeconds(7)));
            assertThat(zoom.faults()).containsExactly(new InjectedFault("close", 1, ready.plusSeconds(7)));
        }
    }

    private static ZoomSimulator example(String fault) {
        return ZoomSimulator.start(QUIET.withFaults(FaultsPage.example(fault)));
    }

    private static ZoomSimulator script(String faults) {
        return ZoomSimulator.start(QUIET.withFaults(FaultScript.of("faults: " + faults)));
    }
}
