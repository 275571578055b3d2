package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoomws.simulator.TestClient.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class EventFaultsTest {

    private static final SimulatorSettings QUIET =
            SimulatorSettings.standard().withEventsPerSecond(0).withLedgerLimit(100);
    private static final String FIRST = "{\"event\":\"a\",\"n\":1}";
    private static final String SECOND = "{\"event\":\"b\",\"download_token\":\"old\",\"topic\":\"t\"}";
    private static final String THIRD = "{\"event\":\"c\",\"n\":3}";

    @Test
    void anEventComesLaterThanTheNext() throws Exception {
        try (ZoomSimulator zoom = example("event-delay")) {
            Socket socket = sendThree(zoom);

            assertThat(take(socket, 3))
                    .containsExactly(Frames.message(FIRST), Frames.message(THIRD), Frames.message(SECOND));
            zoom.stopSending();
            assertThat(zoom.sent()).extracting(SentEvent::event).containsExactly(1L, 3L, 2L);
        }
    }

    @Test
    void anEventIsRepeatedWithAnotherDownloadToken() throws Exception {
        try (ZoomSimulator zoom = example("event-repeat")) {
            Socket socket = sendThree(zoom);

            List<String> frames = take(socket, 4);
            assertThat(frames.get(1)).isEqualTo(Frames.message(SECOND));
            assertThat(frames.get(2)).isNotEqualTo(frames.get(1));
            assertThat(frames.get(2).replaceAll("repeat-[0-9a-f]+", "old")).isEqualTo(frames.get(1));
            zoom.stopSending();
            assertThat(zoom.sent()).extracting(SentEvent::event).containsExactly(1L, 2L, 2L, 3L);
            assertThat(zoom.sent()).extracting(SentEvent::frame).isEqualTo(frames);
            assertThat(zoom.stats().eventsSent()).isEqualTo(3);
            assertThat(zoom.stats().eventsRepeated()).isEqualTo(1);
        }
    }

    @Test
    void anEventIsRepeatedOnTheNextConnection() throws Exception {
        try (ZoomSimulator zoom = script("[ { event: 2, event-repeat: { copies: 2, on: next-connection } } ]")) {
            TestClient client = new TestClient(zoom);
            client.ready();
            sendThreeEvents(zoom);

            assertThat(take(client.ready(), 2)).containsExactly(Frames.message(SECOND), Frames.message(SECOND));
            assertThat(zoom.sent())
                    .filteredOn(event -> event.event() == 2)
                    .extracting(SentEvent::connection)
                    .containsExactly(1L, 2L, 2L);
        }
    }

    @Test
    void eventsComeInAnotherOrder() throws Exception {
        try (ZoomSimulator zoom = example("event-reorder")) {
            List<String> frames = take(sendThree(zoom), 3);

            List<String> happened = List.of(Frames.message(FIRST), Frames.message(SECOND), Frames.message(THIRD));
            assertThat(frames).containsExactlyInAnyOrderElementsOf(happened).isNotEqualTo(happened);
        }
    }

    @Test
    void aWindowThatDoesNotFillIsSentAllTheSame() throws Exception {
        try (ZoomSimulator zoom = script("[ { event: 2, event-reorder: { window: 9, within: 20ms } } ]")) {
            assertThat(take(sendThree(zoom), 3))
                    .containsExactlyInAnyOrder(Frames.message(FIRST), Frames.message(SECOND), Frames.message(THIRD));
        }
    }

    @Test
    void anEventIsNeverSent() throws Exception {
        try (ZoomSimulator zoom = example("event-lose")) {
            assertThat(take(sendThree(zoom), 2)).containsExactly(Frames.message(FIRST), Frames.message(THIRD));
            assertThat(zoom.missed())
                    .extracting(MissedEvent::event, MissedEvent::connection)
                    .containsExactly(tuple(2L, 1L));
        }
    }

    @Test
    void anEventComesInFragmentsWithPingsBetween() throws Exception {
        try (ZoomSimulator zoom = example("event-fragment")) {
            Socket socket = sendThree(zoom);

            assertThat(socket.next()).isEqualTo(Frames.message(FIRST));
            int pings = Frames.message(SECOND).getBytes(StandardCharsets.UTF_8).length - 1;
            assertThat(take(socket, pings)).containsOnly("ping");
            assertThat(socket.next()).isEqualTo(Frames.message(SECOND));
            assertThat(socket.next()).isEqualTo(Frames.message(THIRD));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    event-object | {"module":"message","content":{"event":"b","download_token":"old","topic":"t"},"header":{}}
                    event-bare   | {"event":"b","download_token":"old","topic":"t"}
                    event-binary | binary
                    """)
    void anEventComesInAnotherForm(String fault, String form) throws Exception {
        try (ZoomSimulator zoom = example(fault)) {
            assertThat(take(sendThree(zoom), 3))
                    .containsExactly(
                            Frames.message(FIRST),
                            form.equals("binary")
                                    ? "binary " + Frames.message(SECOND).length()
                                    : form,
                            Frames.message(THIRD));
        }
    }

    @Test
    void anEventHasAHostileTopic() throws Exception {
        try (ZoomSimulator zoom = example("event-topic")) {
            Socket socket = sendThree(zoom);
            socket.next();

            String content =
                    TestClient.JSON.readTree(socket.next()).get("content").textValue();
            assertThat(TestClient.JSON.readTree(content).get("topic").textValue())
                    .isEqualTo("${jndi:ldap://127.0.0.1/a} \u001b[2J");
        }
    }

    @Test
    void anEventWithoutATopicGetsTheRudestThereIs() throws Exception {
        try (ZoomSimulator zoom = script("[ { event: 1, event-topic: } ]")) {
            String content = TestClient.JSON
                    .readTree(sendThree(zoom).next())
                    .get("content")
                    .textValue();
            assertThat(TestClient.JSON.readTree(content).get("topic").textValue())
                    .contains("${jndi:", "\u001b]0;", "<script>", "\u0000", "\r\n");
            assertThat(TestClient.JSON.readTree(content).get("n").intValue()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(OddFrame.class)
    void anOddFrameComesBesideTheEvents(OddFrame kind) throws Exception {
        String size = kind == OddFrame.OVERSIZE ? ", size: 1MB" : "";
        try (ZoomSimulator zoom =
                script("[ { event: 1, odd-frame: { kind: " + ScriptMapping.word(kind) + size + " } } ]")) {
            Socket socket = new TestClient(zoom).ready();
            zoom.send(FIRST);

            switch (kind) {
                case INVALID_UTF8 -> assertThat(socket.next()).isEqualTo("error");
                case PING -> assertThat(socket.next()).isEqualTo("ping");
                case PONG -> assertThat(socket.next()).isEqualTo("pong");
                case BINARY -> assertThat(socket.next()).isEqualTo("binary 16");
                case EMPTY -> assertThat(socket.next()).isEmpty();
                case DEEP_NESTING -> assertThat(socket.next()).contains("[".repeat(100_000));
                case HUGE_NUMBER -> assertThat(socket.next()).contains("9".repeat(10_000));
                case OVERSIZE -> assertThat(socket.next()).hasSizeGreaterThan(1_000_000);
                case BOM -> assertThat(socket.next()).startsWith("\ufeff{");
                case NUL -> assertThat(socket.next()).contains("\u0000");
                case CONTROL_CHARACTERS -> assertThat(socket.next()).contains("\u001b[2J", "${jndi:");
                case NOT_JSON,
                        MALFORMED,
                        NOT_AN_OBJECT,
                        DUPLICATE_KEYS,
                        UNKNOWN_MODULE,
                        MISSING_MODULE,
                        MISSING_CONTENT,
                        CONTENT_NOT_JSON -> assertThat(socket.next()).isNotEmpty();
            }
            if (kind != OddFrame.INVALID_UTF8) {
                assertThat(socket.next()).isEqualTo(Frames.message(FIRST));
            }
            assertThat(zoom.stats().eventsGenerated()).isEqualTo(1);
        }
    }

    @Test
    void anAuthorsOwnFrameIsNoEvent() throws Exception {
        try (ZoomSimulator zoom = example("frame")) {
            assertThat(new TestClient(zoom).ready().next()).isEqualTo("{\"module\":\"weather\",\"content\":\"rain\"}");
            assertThat(zoom.stats().eventsGenerated()).isZero();
        }
    }

    @Test
    void everySecondEventIsDone() throws Exception {
        try (ZoomSimulator zoom = script("[ { event: 2, every: 2, event-lose: } ]")) {
            sendThree(zoom);
            send(zoom, 3);
            assertThat(missed(zoom)).containsExactly(2L, 4L, 6L);
        }
    }

    @Test
    void anotherKindsMomentArmsForTheNextSoMany() throws Exception {
        try (ZoomSimulator zoom = script("[ { connection: 1, times: 2, event-lose: } ]")) {
            send(zoom, 1);
            sendThree(zoom);
            assertThat(missed(zoom)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aWindowIsOpenUntilItEnds() throws Exception {
        try (ZoomSimulator zoom = script("[ { event: 2, for: 90s, event-lose: } ]")) {
            sendThree(zoom);
            assertThat(missed(zoom)).containsExactly(2L, 3L);

            zoom.clearFaults();
            send(zoom, 1);
            assertThat(missed(zoom)).containsExactly(2L, 3L);
        }
    }

    @Test
    void chanceIsTheSeeds() throws Exception {
        FaultScript script = FaultScript.of("faults: [ { event: 1, every: 1, chance: 50%, event-lose: } ]");
        List<List<Long>> runs = new ArrayList<>();
        for (long seed : new long[] {7, 7, 8}) {
            try (ZoomSimulator zoom = ZoomSimulator.start(QUIET.withSeed(seed).withFaults(script))) {
                new TestClient(zoom).ready();
                send(zoom, 40);
                runs.add(missed(zoom));
            }
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1)).isNotEqualTo(runs.get(2));
        assertThat(runs.get(0)).hasSizeBetween(5, 35);
    }

    @Test
    void aTimedStepIsDoneAgainAndAgain() throws Exception {
        try (ZoomSimulator zoom = script("[]")) {
            Socket socket = new TestClient(zoom).ready();
            zoom.inject(FaultScript.of("faults: [ { after: 1ms, every: 5ms, times: 3, frame: tick } ]"));

            assertThat(take(socket, 3)).containsOnly("tick");
            assertThat(zoom.stats().faultsDone()).isEqualTo(3);
        }
    }

    @Test
    void aCountedStepMayWaitAfterItsMoment() throws Exception {
        try (ZoomSimulator zoom = script("[ { connection: 1, after: 5ms, close: 1001 } ]")) {
            assertThat(new TestClient(zoom).ready().next()).isEqualTo("close 1001 ");
        }
    }

    private static List<Long> missed(ZoomSimulator zoom) {
        return zoom.missed().stream().map(MissedEvent::event).toList();
    }

    private static void send(ZoomSimulator zoom, int count) {
        LongStream.range(0, count).forEach(i -> zoom.send("{\"event\":\"x" + i + "\"}"));
    }

    private static Socket sendThree(ZoomSimulator zoom) throws Exception {
        Socket socket = new TestClient(zoom).ready();
        sendThreeEvents(zoom);
        return socket;
    }

    private static void sendThreeEvents(ZoomSimulator zoom) {
        for (String event : List.of(FIRST, SECOND, THIRD)) {
            zoom.send(event);
        }
    }

    private static List<String> take(Socket socket, int count) throws InterruptedException {
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(socket.next());
        }
        return frames;
    }

    private static ZoomSimulator example(String fault) {
        return ZoomSimulator.start(QUIET.withFaults(FaultsPage.example(fault)));
    }

    private static ZoomSimulator script(String faults) {
        return ZoomSimulator.start(QUIET.withFaults(FaultScript.of("faults: " + faults)));
    }
}
