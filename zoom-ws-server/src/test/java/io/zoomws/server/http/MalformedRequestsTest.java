package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.server.access.HttpAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that nobody should send, on real sockets: each is a problem of the client's, told in our form, and harms nobody. */
@Timeout(60)
class MalformedRequestsTest {

    private static final Logger log = LoggerFactory.getLogger(MalformedRequestsTest.class);

    private static final String CANARY = "<canary>";
    private static final int REQUESTS = 400;

    /** Only so that a mistake does not hang: every answer ends by itself. */
    private static final int LONGEST_MILLIS = 5000;

    private static final ApiServer SERVER = server();

    private static ApiServer server() {
        ApiServer server = new ApiServer(Path.of("nowhere"), HttpAccess.LOCAL);
        server.journal.event("meeting.started").control();
        return server;
    }

    @AfterEach
    void stillAnswers() throws Exception {
        assertThat(SERVER.client().get("/api/v1/events").statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    static List<String> requests() {
        String host = "Host: localhost\r\n";
        return List.of(
                "\r\n\r\n\r\nNONSENSE\r\n\r\n",
                "GET\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/9.9\r\n" + host + "\r\n",
                "GET / FTP/1.1\r\n" + host + "\r\n",
                "G<canary>T / HTTP/1.1\r\n" + host + "\r\n",
                "GET /<canary> HTTP/1.1\r\n" + host + "\r\n",
                "GET /%zz HTTP/1.1\r\n" + host + "\r\n",
                "GET /%c0%af HTTP/1.1\r\n" + host + "\r\n",
                "GET /%00 HTTP/1.1\r\n" + host + "\r\n",
                "GET /..;/..;/etc/passwd HTTP/1.1\r\n" + host + "\r\n",
                "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + host + "\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events%2fstream HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?limit=%zz HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?limit=%ff%fe HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?%00=%00 HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?event=%c3%28<canary> HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?kind=<canary> HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?from=99999999999999999999999 HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?from=9223372036854775808 HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?limit=-1 HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?limit=0x10 HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?limit=\u00b2 HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events?from=+1000000000-01-01T00:00:00Z HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/parked?from=a/b HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/parked?from=../../x/y/-1 HTTP/1.1\r\n" + host + "\r\n",
                "GET /api/v1/events/stream HTTP/1.1\r\n" + host + "Last-Event-ID: <canary>\r\n\r\n",
                "GET / HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n",
                "GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n" + "X\u0000Y: 1\r\n\r\n",
                "GET / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n",
                "GET / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n",
                "POST /api/v1/plugins/mine/pause HTTP/1.1\r\n" + host
                        + "Content-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api/v1/plugins/mine/pause HTTP/1.1\r\n" + host
                        + "Content-Type: application/json\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}   ",
                post("mine", "[".repeat(5000)),
                post("mine", "{\"a\":".repeat(5000)),
                post("mine", "{\"sequences\":[" + "9".repeat(5000) + "]}"),
                post("mine", "{\"subscription\":\"\\ud800\"}"),
                post("mine", "{\"subscription\":\"" + "x".repeat(5000) + "\"}"),
                post("mine", "\u0000\u00ff\u00fe"),
                post("%3Ccanary%3E", "{}"),
                post("..%2f..%2fmine", "{}"),
                "TRACE / HTTP/1.1\r\n" + host + "X: <canary>\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\n" + host + "\r\n",
                "CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "DELETE /api/v1/plugins/mine HTTP/1.1\r\n" + host + "\r\n",
                "PUT /api/v1/plugins/mine/pause HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n{}");
    }

    private static String post(String plugin, String body) {
        return "POST /api/v1/plugins/" + plugin + "/redrive HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsWrongIsAProblemOfTheClients(String request) throws Exception {
        requireProblem(request, answer(request));
    }

    @Test
    void whatADieMakesOfRequestsIsAnsweredOrAProblemOfTheClients() throws Exception {
        long seed = new Random().nextLong();
        log.info("seed {}", seed);
        Random random = new Random(seed);
        List<String> good = new ArrayList<>(requests());
        good.removeIf(request -> request.contains("/events/stream")); // spoilt a little it is right, and without end
        good.add(
                "GET /api/v1/events?limit=5&event=meeting.*&kind=event&from=1&content=true HTTP/1.1\r\nHost: localhost\r\n\r\n");
        good.add(
                "GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nOrigin: http://localhost\r\n\r\n");
        good.add(post("mine", "{\"sequences\":[1,2,3],\"subscription\":\"main\"}"));
        try (LoggedLines lines = LoggedLines.of(HttpServer.class)) {
            for (int i = 0; i < REQUESTS; i++) {
                String request = spoilt(good.get(random.nextInt(good.size())), random);
                String answer = answer(request);
                assertThat(answer).as("seed %d, %s", seed, request).doesNotContain("HTTP/1.1 5", "\tat ", "Exception");
            }
            assertThat(lines.errors()).as("seed %d", seed).isEmpty();
        }
    }

    /** A few bytes are changed, left out or repeated. */
    private static String spoilt(String request, Random random) {
        StringBuilder spoilt = new StringBuilder(request);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(spoilt.length());
            switch (random.nextInt(4)) {
                case 0 -> spoilt.setCharAt(at, (char) random.nextInt(256));
                case 1 -> spoilt.deleteCharAt(at);
                case 2 -> spoilt.insert(at, (char) random.nextInt(256));
                default -> spoilt.insert(at, spoilt.substring(at, Math.min(at + 20, spoilt.length())));
            }
        }
        return spoilt.toString();
    }

    @Test
    void requestsInOneGoAreAnsweredOneByOne() throws Exception {
        String one = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

        String answers = answer(one + one + "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answers.split("HTTP/1\\.1 ", -1)).hasSize(4);
        assertThat(answers).contains("HTTP/1.1 404 ");
    }

    private static void requireProblem(String request, String answer) {
        assertThat(answer).as(request).startsWith("HTTP/1.1 4").doesNotContain("\tat ", "jetty", "Exception", CANARY);
        if (!answer.startsWith("HTTP/1.1 4") || answer.contains("Content-Length: 0")) {
            return;
        }
        assertThat(answer).as(request).contains("application/problem+json", "\"type\":\"about:blank\"");
    }

    /** What comes back, until the server ends or has nothing more to say: the client has said that it will not. */
    private static String answer(String request) throws IOException {
        int port = SERVER.client().address().getPort();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LONGEST_MILLIS);
            socket.getOutputStream()
                    .write(request.replace("Host: localhost\r\n", "Host: localhost:" + port + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            in.transferTo(answer);
        } catch (SocketException | SocketTimeoutException e) {
            log.debug("cut off: {}", e.toString()); // as a server does that has read enough; or a stream after all
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
