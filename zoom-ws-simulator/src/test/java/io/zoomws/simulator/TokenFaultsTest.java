package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TokenFaultsTest {

    private static final SimulatorSettings QUIET = SimulatorSettings.standard().withEventsPerSecond(0);

    @Test
    void answersWithAStatusAndWhenToComeBack() throws Exception {
        try (ZoomSimulator zoom = example("token-status")) {
            TestClient client = new TestClient(zoom);
            HttpResponse<String> answer = client.askForToken();

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).contains("30");
            assertThat(answer.body()).isEqualTo("{\"reason\":\"simulated fault\",\"error\":\"status 429\"}");
            assertThat(zoom.stats().tokensRefused()).isEqualTo(1);
            assertThat(client.askForToken().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void writesWhenToComeBackInEachForm() throws Exception {
        ManualClock clock = new ManualClock();
        FaultScript script = FaultScript.of("""
                faults:
                  - token: 1
                    token-status: { status: 429, retry-after: 1m, format: date-time }
                  - token: 2
                    token-status: { status: 503, retry-after: 1m, format: http-date, body: '' }
                """);
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET.withFaults(script), clock)) {
            TestClient client = new TestClient(zoom);
            Instant then = clock.instant().plusSeconds(60);

            assertThat(client.askForToken().headers().firstValue("retry-after").map(Instant::parse))
                    .contains(then);
            HttpResponse<String> second = client.askForToken();
            assertThat(second.headers().firstValue("retry-after")).hasValueSatisfying(text -> assertThat(
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant())
                    .isEqualTo(then));
            assertThat(second.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 500, 503})
    void answersWithAnyStatusSoManyTimes(int status) throws Exception {
        try (ZoomSimulator zoom = script("[ { token: 2, times: 2, token-status: " + status + " } ]")) {
            TestClient client = new TestClient(zoom);

            assertThat(client.askForToken().statusCode()).isEqualTo(200);
            assertThat(client.askForToken().statusCode()).isEqualTo(status);
            assertThat(client.askForToken().statusCode()).isEqualTo(status);
            assertThat(client.askForToken().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void redirects() throws Exception {
        try (ZoomSimulator zoom = example("token-redirect")) {
            HttpResponse<String> answer = new TestClient(zoom).askForToken();

            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("location")).contains("http://127.0.0.1:9/elsewhere");
        }
    }

    @ParameterizedTest
    @CsvSource({"token-html, <!doctype html>", "token-wrong-types, '{\"access_token\":12345,'"})
    void answersWithSomethingElse(String fault, String beginning) throws Exception {
        try (ZoomSimulator zoom = example(fault)) {
            HttpResponse<String> answer = new TestClient(zoom).askForToken();

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith(beginning);
            assertThat(zoom.stats().tokensIssued()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token-drop", "token-reset"})
    void hangsUp(String fault) throws Exception {
        try (ZoomSimulator zoom = example(fault)) {
            try (Socket socket = ask(zoom)) {
                assertThatThrownBy(() -> {
                            if (socket.getInputStream().read() < 0) {
                                throw new IOException("end");
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
            new TestClient(zoom).token();
        }
    }

    @Test
    void neverAnswers() throws Exception {
        try (ZoomSimulator zoom = example("token-silent");
                Socket socket = ask(zoom)) {
            while (zoom.faults().isEmpty()) {
                Thread.onSpinWait();
            }
            new TestClient(zoom).token();
            assertThat(socket.getInputStream().available()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token-delay", "token-drip"})
    void takesItsTime(String fault) throws Exception {
        try (ZoomSimulator zoom = example(fault)) {
            new TestClient(zoom).ready();
            assertThat(zoom.faults()).extracting(InjectedFault::fault).containsExactly(fault);
        }
    }

    @Test
    void neverComesToAnEnd() throws Exception {
        try (ZoomSimulator zoom = example("token-endless");
                Socket socket = ask(zoom)) {
            InputStream in = socket.getInputStream();

            assertThat(in.readNBytes(100_000)).hasSize(100_000);
        }
    }

    @Test
    void aTokenSaysHowLongItLives() throws Exception {
        ManualClock clock = new ManualClock();
        try (ZoomSimulator zoom = ZoomSimulator.start(QUIET.withFaults(FaultsPage.example("token-life")), clock)) {
            TestClient client = new TestClient(zoom);
            HttpResponse<String> answer = client.askForToken();
            assertThat(answer.body()).contains("\"expires_in\":90,");
            String token =
                    TestClient.JSON.readTree(answer.body()).get("access_token").textValue();
            assertThat(client.connect(token).next()).isEqualTo(Frames.ACCEPTED);

            clock.advance(java.time.Duration.ofSeconds(90));

            assertThat(client.connect(token).next()).isEqualTo(Frames.refused("Token is invalid"));
        }
    }

    @Test
    void aTokenEndsTheOnesBefore() throws Exception {
        try (ZoomSimulator zoom = example("token-ends-old")) {
            TestClient client = new TestClient(zoom);
            String old = client.token();
            String fresh = client.token();

            assertThat(client.connect(old).next()).isEqualTo(Frames.refused("Token is invalid"));
            assertThat(client.connect(fresh).next()).isEqualTo(Frames.ACCEPTED);
        }
    }

    /** Asks for a token on a connection of its own: the JDK's client would ask again after a reset. */
    private static Socket ask(ZoomSimulator zoom) throws IOException {
        SimulatorSettings app = zoom.settings();
        String basic = Base64.getEncoder()
                .encodeToString((app.clientId() + ":" + app.clientSecret()).getBytes(StandardCharsets.UTF_8));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), zoom.port());
        socket.getOutputStream()
                .write(("POST /oauth/token?grant_type=client_credentials HTTP/1.1\r\nHost: localhost\r\n"
                                + "Authorization: Basic " + basic + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static ZoomSimulator example(String fault) {
        return ZoomSimulator.start(QUIET.withFaults(FaultsPage.example(fault)));
    }

    private static ZoomSimulator script(String faults) {
        return ZoomSimulator.start(QUIET.withFaults(FaultScript.of("faults: " + faults)));
    }
}
