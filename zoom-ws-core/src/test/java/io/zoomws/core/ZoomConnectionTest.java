package io.zoomws.core;

import static io.zoomws.core.ScriptedServer.ALIVE;
import static io.zoomws.core.ScriptedServer.CONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The connection on real sockets. Every test runs with all loggers at TRACE and ends by looking for the token in them. */
@Timeout(120)
class ZoomConnectionTest {

    private static final BackOff FAST = new BackOff(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            1000,
            Duration.ofSeconds(1));
    private static final String EVENT = "{\"module\":\"message\",\"content\":\"{}\",\"header\":{}}";

    private final Recorder recorder = new Recorder();
    private final FakeTokens tokens = new FakeTokens();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeAll
    static void findLeaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void noTokenNoLeakNoThread() throws Exception {
        root.setLevel(Level.INFO);
        root.detachAppender(log);
        System.gc(); // so that the leak detector sees what was dropped
        List<String> texts = log.list.stream()
                .map(event -> event.getThreadName()
                        + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .toList();
        assertThat(texts).noneMatch(text -> text.contains("canary")).noneMatch(text -> text.contains("LEAK"));
        assertThat(recorder.lines()).noneMatch(line -> line.contains("canary"));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("zoom-ws-connection")) {
                thread.join(5_000); // it has said that it ends, and may need a moment to do so
                assertThat(thread.isAlive()).as("thread left behind").isFalse();
            }
        }
    }

    private ZoomConnection connect(ScriptedServer server) {
        return connect(settings(server), Optional.empty());
    }

    private static ConnectionSettings settings(ScriptedServer server) {
        return ConnectionSettings.of(server.url(), "sub/1").withBackOff(FAST);
    }

    private ZoomConnection connect(ConnectionSettings settings, Optional<Outage> outage) {
        ZoomConnection connection = new ZoomConnection(settings, tokens, recorder, recorder, 7, outage);
        connection.start();
        return connection;
    }

    @Test
    void connectsClosesTheGapOfTheRunBeforeAndAnswersTheCloseInOrder() throws Exception {
        CountDownLatch goodbye = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.confirm().answerHeartbeats();
            goodbye.countDown();
        })) {
            try (ZoomConnection connection = connect(settings(server), Optional.of(new Outage(1, "crash")))) {
                recorder.await("frame 7 TEXT proof " + ALIVE);
                assertThat(connection.status().line()).isEqualTo("Connection 7 is ready: confirmed by Zoom");
                assertThat(connection.status().heartbeatRoundTrip()).isPresent();
                assertThat(connection.status().lastFrameAt()).isPresent();
            }
            assertThat(goodbye.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.requests().get(0))
                    .startsWith("GET /ws?subscriptionId=sub%2F1&access_token=" + FakeTokens.CANARY + ".1 HTTP/1.1\r\n")
                    .doesNotContainIgnoringCase("sec-websocket-extensions");
        }
        assertThat(recorder.lines())
                .containsExactly(
                        "now WAITING_FOR_TOKEN: the first connection",
                        "now CONNECTING: a token is there",
                        "now AWAITING_BUILD_CONNECTION: the socket is open",
                        "connected 7",
                        "gap crash",
                        "now READY: confirmed by Zoom",
                        "frame 7 TEXT proof " + CONFIRMED,
                        "frame 7 TEXT proof " + ALIVE,
                        "disconnected 7: stopped",
                        "now STOPPED: asked to");
    }

    @Test
    void confirmationInTheSameSegmentAsTheUpgradeIsNotLost() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.upgrade(Wire.frame(0x81, CONFIRMED.getBytes(StandardCharsets.UTF_8)));
                    peer.answerHeartbeats();
                });
                ZoomConnection connection = connect(server)) {
            recorder.await("now READY: confirmed by Zoom");
            assertThat(connection.status().state()).isEqualTo(ConnectionState.READY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 3000, 4000, 4999})
    void connectsAgainAfterEveryCloseCode(int code) throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        peer -> peer.confirm().closeFrame(code, "Bye").read(),
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("gap closed by Zoom (" + code + " Bye)");
            assertThat(recorder.lines()).contains("disconnected 7: closed by Zoom (" + code + " Bye)", "connected 8");
            assertThat(connection.status().reconnects()).containsEntry(ReconnectCause.DROPPED, 1L);
        }
    }

    @Test
    void connectsAgainAfterResetAndAfterAnEndWithoutClose() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        peer -> {
                            peer.confirm().read();
                            peer.socket.setSoLinger(true, 0);
                        },
                        peer -> {
                            peer.confirm().read();
                            peer.socket.shutdownOutput();
                            peer.answerHeartbeats();
                        },
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("connected 9");
            assertThat(recorder.lines())
                    .contains("disconnected 7: connection reset", "disconnected 8: dropped without a close frame");
            assertThat(connection.status().connection()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token is invalid", "Invalid Token", "token is empty", "", "never seen before"})
    void refusalIsAnsweredByAFreshToken(String text) throws Exception {
        String refusal =
                "{\"module\":\"build_connection\",\"success\":false,\"content\":\"" + text + "\",\"header\":{}}";
        try (ScriptedServer server = new ScriptedServer(
                        peer -> peer.upgrade()
                                .text(refusal)
                                .closeFrame(1000, "Bye")
                                .read(),
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("connected 8");
            assertThat(recorder.told()).startsWith("frame 7 TEXT " + refusal, "connected 8");
            assertThat(recorder.lines()).contains("now BACKING_OFF: refused by Zoom: token or subscription");
            assertThat(server.requests().get(1)).contains("access_token=" + FakeTokens.CANARY + ".2 ");
            assertThat(connection.status().reconnects()).containsEntry(ReconnectCause.REFUSED, 1L);
        }
    }

    @Test
    void kickIsRecognisedInFrameAndInReason() throws Exception {
        String kick = "{\"module\":\"build_connection\",\"success\":false,\"content\":\"Connected in another place\"}";
        try (ScriptedServer server = new ScriptedServer(
                        peer -> peer.confirm()
                                .text(kick)
                                .closeFrame(1000, "Bye")
                                .read(),
                        peer -> peer.confirm()
                                .closeFrame(1000, "Connected in another place")
                                .read(),
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("connected 9");
            String cause = ": connected in another place: another process uses this subscription";
            assertThat(recorder.lines()).contains("disconnected 7" + cause, "disconnected 8" + cause);
            assertThat(connection.status().reconnects()).containsEntry(ReconnectCause.KICKED, 2L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|refused at the handshake (HTTP 401)",
                "403|refused at the handshake (HTTP 403)",
                "404|refused at the handshake (HTTP 404): is the subscription id right?",
                "502|answered HTTP 502 instead of opening a WebSocket",
                "301|answered with a redirect (HTTP 301), which is never followed",
                "302|answered with a redirect (HTTP 302), which is never followed",
                "307|answered with a redirect (HTTP 307), which is never followed",
                "308|answered with a redirect (HTTP 308), which is never followed",
                "200|answered HTTP 200 instead of opening a WebSocket"
            })
    void wrongHandshakeAnswersHaveAPlainCause(int status, String cause) throws Exception {
        try (ScriptedServer elsewhere =
                        new ScriptedServer(peer -> peer.confirm().answerHeartbeats());
                ScriptedServer server = new ScriptedServer(
                        peer -> {
                            String request = peer.readRequest();
                            peer.write("HTTP/1.1 " + status + " Echo\r\nLocation: " + elsewhere.url()
                                    + request.split(" ", -1)[1] + "\r\nContent-Length: 0\r\n\r\n");
                        },
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("now READY: confirmed by Zoom");
            assertThat(recorder.lines()).contains("now BACKING_OFF: " + cause);
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(connection.status().state()).isEqualTo(ConnectionState.READY);
        }
    }

    @Test
    void wrongAcceptKeyGarbageAndAnEndInTheHandshakeAreSurvived() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        peer -> {
                            peer.readRequest();
                            peer.write(
                                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                            + "Sec-WebSocket-Accept: wrong\r\n\r\n");
                            peer.socket.getInputStream().read();
                        },
                        peer -> {
                            peer.readRequest();
                            peer.write("SSH-2.0-OpenSSH_9.9\r\n\r\n");
                            peer.socket.getInputStream().read();
                        },
                        ScriptedServer.Peer::readRequest,
                        peer -> peer.upgrade().text("<html>").read(),
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("connected 11");
            assertThat(recorder.lines().stream().filter(line -> line.startsWith("now BACKING_OFF")))
                    .containsExactly(
                            "now BACKING_OFF: the handshake was answered wrongly: not by a WebSocket server",
                            "now BACKING_OFF: the handshake was answered with something that is not HTTP",
                            "now BACKING_OFF: closed during the handshake",
                            "now BACKING_OFF: the first frame is not Zoom's");
            assertThat(connection.status().reconnects()).containsEntry(ReconnectCause.NOT_OPENED, 4L);
        }
    }

    @Test
    void silenceInTheHandshakeAndInsteadOfTheConfirmationIsGivenUp() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        peer -> peer.socket.getInputStream().readAllBytes(),
                        peer -> peer.upgrade().socket.getInputStream().readAllBytes(),
                        peer -> peer.upgrade().socket.getInputStream().readAllBytes(),
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection =
                        connect(settings(server).withHandshakeTimeout(Duration.ofMillis(800)), Optional.empty())) {
            recorder.await("now READY: confirmed by Zoom");
            assertThat(recorder.lines())
                    .contains(
                            "now BACKING_OFF: no connection could be opened within 0.8 s",
                            "now BACKING_OFF: Zoom did not confirm the connection within 0.8 s");
            assertThat(connection.status().reconnects()).containsKey(ReconnectCause.NOT_OPENED);
        }
    }

    @Test
    void silenceIsADeadLink() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        peer -> peer.confirm().socket.getInputStream().readAllBytes(),
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(
                        settings(server).withHeartbeat(Duration.ofMillis(400), Duration.ofMillis(300)),
                        Optional.empty())) {
            recorder.await("gap dead link: nothing came for 0.3 s after a heartbeat");
            assertThat(connection.status().reconnects()).containsKey(ReconnectCause.DEAD_LINK);
        }
    }

    @Test
    void renewalReadsTheOldConnectionToItsEnd() throws Exception {
        CountDownLatch renewed = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(
                        peer -> {
                            peer.confirm();
                            renewed.await();
                            peer.text("the last word")
                                    .text("{\"module\":\"x\",\"content\":\"Connected in another place\"}")
                                    .closeFrame(1000, "Bye");
                            while (peer.read().opcode() != 8) {
                                // What is left unread would turn the close into a reset.
                            }
                        },
                        peer -> {
                            peer.confirm();
                            renewed.countDown();
                            peer.answerHeartbeats();
                        });
                ZoomConnection connection = connect(server)) {
            recorder.await("connected 7");
            connection.renew("asked for");
            recorder.await("disconnected 7: renewed: a newer connection took over");
            recorder.await("frame 8 TEXT proof " + ALIVE);
            assertThat(recorder.lines()).contains("frame 7 TEXT the last word", "connected 8");
            assertThat(recorder.told()).noneMatch(line -> line.startsWith("gap"));
            assertThat(connection.status().line())
                    .isEqualTo("Connection 8 is ready: confirmed by Zoom, took over from connection 7");
            assertThat(tokens.issued).as("the token is good for both").hasValue(1);
        }
    }

    @Test
    void whatZoomWritesOnAfterOurCloseIsReadAndAnEndWithoutItsAnswerIsAGap() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        peer -> {
                            peer.confirm();
                            for (ScriptedServer.Frame frame = peer.read(); frame.opcode() != 8; frame = peer.read()) {
                                peer.text(ALIVE);
                            }
                            peer.text("written before the close was seen");
                            peer.socket.getInputStream().readAllBytes();
                        },
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("frame 7 TEXT proof " + ALIVE);
            connection.renew("asked for");
            recorder.await("connected 8");
            connection.renew("again");
            recorder.await("connected 9");
            recorder.await("gap renewal: cut before it was read to its end");
            assertThat(recorder.lines()).contains("frame 7 TEXT written before the close was seen");
        }
    }

    @Test
    void closedConnectionIsNotCutWhileTheSinkHasStoppedTheReading() throws Exception {
        recorder.goOn(false);
        CountDownLatch patienceIsOver = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(
                        peer -> {
                            peer.confirm();
                            for (ScriptedServer.Frame frame = peer.read(); frame.opcode() != 8; frame = peer.read()) {
                                peer.text(ALIVE);
                            }
                            peer.text("unread for long").closeFrame(1000, "Bye");
                            // Longer than a close frame is waited for, and an end of the stream if it was not waited.
                            peer.socket.setSoTimeout(1500);
                            assertThatThrownBy(peer::read).isInstanceOf(SocketTimeoutException.class);
                            patienceIsOver.countDown();
                            peer.socket.setSoTimeout(0);
                            peer.read();
                        },
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("connected 7");
            connection.renew("asked for");
            recorder.await("connected 8");
            connection.renew("again");
            recorder.await("connected 9");
            assertThat(patienceIsOver.await(60, TimeUnit.SECONDS)).isTrue();
            recorder.goOn(true);
            connection.resumeReading();
            recorder.await("disconnected 7: renewed: a newer connection took over");
            assertThat(recorder.lines())
                    .contains("frame 7 TEXT unread for long")
                    .doesNotContain("gap renewal: cut before it was read to its end");
        }
    }

    @Test
    void oddFramesReachTheSinkAsTheyCameAndTheConnectionSurvives() throws Exception {
        byte[] invalidUtf8 = {'{', (byte) 0xff, 0, (byte) 0xc3, '}'};
        byte[] long5 = "x".repeat(5_000_000).getBytes(StandardCharsets.US_ASCII);
        String hash = HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(long5));
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.confirm();
                    peer.write(Wire.frame(0x81, invalidUtf8)).write(Wire.frame(0x82, new byte[] {1, 2}));
                    peer.write(Wire.frame(0x81, new byte[0])).write(Wire.frame(0x81, long5));
                    peer.write(Wire.frame(0x01, "frag".getBytes(StandardCharsets.US_ASCII)));
                    peer.write(Wire.frame(0x89, "ping".getBytes(StandardCharsets.US_ASCII)));
                    peer.write(Wire.frame(0x80, "ment".getBytes(StandardCharsets.US_ASCII)));
                    while (peer.read().opcode() != 10) {
                        // the heartbeat comes before the pong
                    }
                    peer.text("the ping was answered").answerHeartbeats();
                });
                ZoomConnection connection = connect(settings(server).withMaxFrameBytes(1_000_000), Optional.empty())) {
            recorder.await("frame 7 TEXT the ping was answered");
            assertThat(recorder.told())
                    .containsExactly(
                            "connected 7",
                            "frame 7 TEXT proof " + CONFIRMED,
                            "frame 7 TEXT " + new String(invalidUtf8, StandardCharsets.ISO_8859_1),
                            "frame 7 BINARY \u0001\u0002",
                            "frame 7 TEXT ",
                            "frame 7 TOO_LONG {\"length\":5000000,\"sha256\":\"" + hash + "\"}",
                            "frame 7 TEXT fragment",
                            "frame 7 TEXT the ping was answered");
            assertThat(connection.status().state()).isEqualTo(ConnectionState.READY);
        }
    }

    @Test
    void largeFrameWithinTheLimitComesWhole() throws Exception {
        byte[] large = new byte[10_000_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        try (ScriptedServer server = new ScriptedServer(
                        peer -> peer.confirm().write(Wire.frame(0x82, large)).answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("frame 7 BINARY 10000000 bytes");
            assertThat(Arrays.equals(recorder.longest(), large)).isTrue();
            assertThat(connection.status().state()).isEqualTo(ConnectionState.READY);
        }
    }

    @Test
    void compressedFrameClosesTheConnectionWhichComesBack() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        peer -> peer.confirm()
                                .write(Wire.frame(0xc1, new byte[] {1}))
                                .answerHeartbeats(),
                        peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(server)) {
            recorder.await("gap protocol violation: what came is no WebSocket frame of ours");
            assertThat(connection.status().connection()).isEqualTo(8);
        }
    }

    @Test
    void readingStopsWhileTheSinkSaysSoAndSilenceIsThenNoDeath() throws Exception {
        recorder.goOn(false);
        CountDownLatch beats = new CountDownLatch(6);
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.confirm();
                    while (true) {
                        peer.read();
                        peer.text(ALIVE);
                        beats.countDown();
                    }
                });
                ZoomConnection connection = connect(
                        settings(server).withHeartbeat(Duration.ofMillis(200), Duration.ofMillis(150)),
                        Optional.empty())) {
            assertThat(beats.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(recorder.told()).noneMatch(line -> line.startsWith("disconnected"));
            recorder.goOn(true);
            connection.resumeReading();
            recorder.await("frame 7 TEXT proof " + ALIVE, 5);
        }
    }

    @Test
    void sinkThatThrowsMakesAGapAndNothingBehindTheLostFrameProvesAnything() throws Exception {
        List<String> stored = new CopyOnWriteArrayList<>();
        FrameSink failing = (type, connection, received, proven, payload) -> {
            String text = StandardCharsets.UTF_8.decode(payload).toString();
            if (connection == 7 && text.equals(EVENT)) {
                throw new IllegalStateException("a canary: what a foreign sink says is not logged");
            }
            stored.add(connection + " " + text);
            return true;
        };
        byte[] event = Wire.frame(0x81, EVENT.getBytes(StandardCharsets.UTF_8));
        byte[] alive = Wire.frame(0x81, ALIVE.getBytes(StandardCharsets.UTF_8));
        try (ScriptedServer server = new ScriptedServer(
                peer -> {
                    peer.confirm().read();
                    peer.write(ByteBuffer.allocate(event.length + alive.length)
                            .put(event)
                            .put(alive)
                            .array());
                    peer.socket.getInputStream().readAllBytes();
                },
                peer -> peer.confirm().answerHeartbeats())) {
            ZoomConnection connection =
                    new ZoomConnection(settings(server), tokens, failing, recorder, 7, Optional.empty());
            try (connection) {
                connection.start();
                recorder.await("gap a frame could not be stored");
                assertThat(stored).startsWith("7 " + CONFIRMED).doesNotContain("7 " + ALIVE);
            }
        }
    }

    @Test
    void whatWasReceivedBeforeAResetIsReadAlthoughNothingCanBeWrittenAnyMore() throws Exception {
        int frames = 110;
        String large = EVENT.replace("{}", "x".repeat(150));
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch reset = new CountDownLatch(1);
        AtomicInteger stored = new AtomicInteger();
        FrameSink stalled = (type, connection, received, proven, payload) -> {
            if (connection == 7
                    && StandardCharsets.UTF_8.decode(payload).toString().equals(large)) {
                stored.incrementAndGet();
                entered.countDown();
                await(reset); // as if the process had been stopped
            }
            return true;
        };
        try (ScriptedServer server = new ScriptedServer(
                peer -> {
                    peer.confirm().text(large);
                    entered.await();
                    // In one piece and within any receive window, so that all of it is on the other side before the
                    // reset.
                    ByteArrayOutputStream all = new ByteArrayOutputStream();
                    for (int i = 1; i < frames; i++) {
                        all.writeBytes(Wire.frame(0x81, large.getBytes(StandardCharsets.US_ASCII)));
                        if (i % 5 == 0) {
                            all.writeBytes(Wire.frame(0x89, new byte[0]));
                        }
                    }
                    peer.write(all.toByteArray());
                    peer.socket.setSoLinger(true, 0);
                    peer.socket.close();
                    reset.countDown();
                },
                peer -> peer.confirm().answerHeartbeats())) {
            ZoomConnection connection =
                    new ZoomConnection(settings(server), tokens, stalled, recorder, 7, Optional.empty());
            try (connection) {
                connection.start();
                recorder.await("connected 8");
                assertThat(stored).hasValue(frames);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closeBeforeStartAndTwiceIsFine() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> peer.confirm().answerHeartbeats())) {
            ZoomConnection connection =
                    new ZoomConnection(settings(server), tokens, recorder, recorder, 1, Optional.empty());
            connection.close();
            connection.close();
            assertThat(connection.status().line()).isEqualTo("Stopped: asked to");
        }
    }
}
