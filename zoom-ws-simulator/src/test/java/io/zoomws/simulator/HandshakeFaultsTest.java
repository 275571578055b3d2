package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.zoomws.simulator.TestClient.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HandshakeFaultsTest {

    private static final SimulatorSettings QUIET =
            SimulatorSettings.standard().withEventsPerSecond(0).withLedgerLimit(100);

    @Test
    void answersWithAnHttpStatusOnceAndThenWell() throws Exception {
        try (ZoomSimulator zoom = example("handshake-status")) {
            TestClient client = new TestClient(zoom);

            assertThat(refusedBy(client).statusCode()).isEqualTo(502);
            client.ready();
            assertThat(zoom.faults())
                    .extracting(InjectedFault::fault, InjectedFault::connection)
                    .containsExactly(tuple("handshake-status", 0L));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void answersWithAnyHttpStatus(int status) throws Exception {
        try (ZoomSimulator zoom = script("[ { handshake: 1, handshake-status: " + status + " } ]")) {
            assertThat(refusedBy(new TestClient(zoom)).statusCode()).isEqualTo(status);
        }
    }

    @Test
    void redirects() throws Exception {
        try (ZoomSimulator zoom = example("handshake-redirect")) {
            HttpResponse<?> answer = refusedBy(new TestClient(zoom));

            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("location")).contains("http://127.0.0.1:9/elsewhere");
        }
    }

    @Test
    void theUpgradeDoesNotFitTheKey() throws Exception {
        try (ZoomSimulator zoom = example("handshake-wrong-accept")) {
            TestClient client = new TestClient(zoom);
            String token = client.token();

            assertThatThrownBy(() -> client.connect(token)).isInstanceOf(ExecutionException.class);
            assertThat(zoom.stats().connectionsOpened()).isZero();
            client.ready();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"handshake-drop", "handshake-reset"})
    void hangsUpInsteadOfAnAnswer(String fault) throws Exception {
        try (ZoomSimulator zoom = example(fault);
                java.net.Socket tcp = new java.net.Socket(InetAddress.getLoopbackAddress(), zoom.port())) {
            // The JDK's client would ask again by itself.
            tcp.getOutputStream()
                    .write("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> {
                        if (tcp.getInputStream().read() < 0) {
                            throw new IOException("end");
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(zoom.faults()).extracting(InjectedFault::fault).containsExactly(fault);
            new TestClient(zoom).ready();
        }
    }

    @Test
    void theUpgradeIsNeverAnswered() throws Exception {
        CompletableFuture<WebSocket> opening;
        try (ZoomSimulator zoom = example("handshake-silent")) {
            TestClient client = new TestClient(zoom);
            opening = client.opening(
                    "?subscriptionId=" + zoom.settings().subscriptionId() + "&access_token=" + client.token(),
                    new Socket());
            while (zoom.faults().isEmpty()) {
                Thread.onSpinWait();
            }
            client.ready();
            assertThat(opening).isNotDone();
        }
        assertThat(catchThrowable(opening::get)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void refusesInAnyWords() throws Exception {
        try (ZoomSimulator zoom = example("refuse")) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.connect(client.token());

            assertThat(socket.next())
                    .isEqualTo("{\"module\":\"build_connection\",\"success\":false,"
                            + "\"content\":\"Service unavailable, please come back\",\"header\":{}}");
            assertThat(socket.next()).isEqualTo("close 1000 Bye");
            assertThat(zoom.stats().connectionsRefused()).isEqualTo(1);
            client.ready();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "Invalid Token", "'say \"when\"'"})
    void refusesInWordsThatNeedCare(String text) throws Exception {
        try (ZoomSimulator zoom = script("[ { handshake: 1, refuse: " + text + " } ]")) {
            TestClient client = new TestClient(zoom);

            assertThat(TestClient.JSON
                            .readTree(client.connect(client.token()).next())
                            .get("content")
                            .textValue())
                    .isEqualTo(text.replaceAll("^'|'$", ""));
        }
    }

    @Test
    void neitherAcceptsNorRefuses() throws Exception {
        try (ZoomSimulator zoom = example("confirm-never")) {
            TestClient client = new TestClient(zoom);
            Socket socket = client.connect(client.token());
            socket.ping();

            assertThat(socket.next()).isEqualTo("pong");
            assertThat(zoom.send("{\"event\":\"x\"}")).isFalse();
            assertThat(zoom.stats().connectionsOpened()).isZero();
        }
    }

    @Test
    void acceptsLate() throws Exception {
        try (ZoomSimulator zoom = example("confirm-late")) {
            new TestClient(zoom).ready();
            assertThat(zoom.faults()).extracting(InjectedFault::fault).containsExactly("confirm-late");
        }
    }

    @Test
    void acceptsTwiceWhatIsOneConnection() throws Exception {
        try (ZoomSimulator zoom = example("confirm-twice")) {
            assertThat(new TestClient(zoom).ready().next()).isEqualTo(Frames.ACCEPTED);
            assertThat(zoom.stats().connectionsOpened()).isEqualTo(1);
        }
    }

    @Test
    void beginsWithSomethingElse() throws Exception {
        try (ZoomSimulator zoom = example("confirm-malformed")) {
            TestClient client = new TestClient(zoom);

            assertThat(client.connect(client.token()).next()).isEqualTo("{\"module\":\"build_connection\"");
            assertThat(zoom.stats().connectionsOpened()).isZero();
        }
    }

    @Test
    void whoIsNotWelcomeIsRefusedAsEver() throws Exception {
        try (ZoomSimulator zoom = example("confirm-twice")) {
            TestClient client = new TestClient(zoom);

            assertThat(client.connect("guess").next()).isEqualTo(Frames.refused("Token is invalid"));
            assertThat(zoom.faults()).isEmpty();
        }
    }

    private static HttpResponse<?> refusedBy(TestClient client) throws Exception {
        String token = client.token();
        Throwable thrown = catchThrowable(() -> client.connect(token));
        assertThat(thrown).hasCauseInstanceOf(WebSocketHandshakeException.class);
        return ((WebSocketHandshakeException) thrown.getCause()).getResponse();
    }

    private static ZoomSimulator example(String fault) {
        return ZoomSimulator.start(QUIET.withFaults(FaultsPage.example(fault)));
    }

    private static ZoomSimulator script(String faults) {
        return ZoomSimulator.start(QUIET.withFaults(FaultScript.of("faults: " + faults)));
    }
}
