package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.server.StopRequest;
import io.zoomws.server.access.AccessTokens;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.status.ServerStatus;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused and in which form, on real sockets. */
@Timeout(60)
class HttpServerTest {

    private static final ServerStatus STATUS = new ServerStatus("1.2.3", Instant.EPOCH, List.of(), List.of());

    private final AtomicBoolean failing = new AtomicBoolean();
    private HttpServer server = start(HttpAccess.LOCAL);
    private Client client = new Client(server.address());

    @BeforeEach
    void succeed() {
        failing.set(false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePageAtTheRootNamesTheOthersAndEachAnswers() throws Exception {
        HttpResponse<String> page = client.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body())
                .contains(
                        "/api/v1/status",
                        "/api/v1/gaps",
                        "/api/v1/plugins",
                        "/health/ready",
                        "/health/live",
                        "/metrics");
        for (String path : List.of("/api/v1/status", "/api/v1/plugins", "/health/ready", "/health/live")) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).as(path).hasValue("application/json");
        }
        assertThat(client.get("/metrics").headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:PORT",
                "evil.example",
                "localhost",
                "localhost:1",
                "localhost.evil.example:PORT",
                "127.0.0.1.evil.example:PORT",
                "10.0.0.1:PORT",
                "[::2]:PORT"
            })
    void aRequestMeantForAnotherHostIsRefused(String host) throws Exception {
        String answer = rawGet("Host: " + host.replace("PORT", port()) + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 421 ").contains("application/problem+json", "\"status\":421");
        assertThat(answer).doesNotContain("evil");
    }

    @Test
    void aRequestWithoutHostIsRefused() throws Exception {
        assertThat(client.raw("GET / HTTP/1.0\r\n\r\n")).contains(" 421 ");
        assertThat(client.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).contains(" 400 ");
    }

    @Test
    void anAddressThatContradictsTheHostIsRefused() throws Exception {
        assertThat(client.raw("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:" + port()
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:PORT", "LOCALHOST:PORT", "127.0.0.1:PORT", "127.1.2.3:PORT", "[::1]:PORT"})
    void thisMachineHasSeveralNames(String host) throws Exception {
        assertThat(rawGet("Host: " + host.replace("PORT", port()) + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void withInsecureAnyHostWillDo() throws Exception {
        server.close();
        server = start(new HttpAccess(AccessTokens.NONE, Optional.empty(), List.of(), true));
        client = new Client(server.address());

        assertThat(rawGet("Host: zoom-ws.example\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "FROB"})
    void onlyReadingIsAllowed(String method) throws Exception {
        HttpResponse<String> answer = client.send(method, "/api/v1/status");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405,"
                        + "\"detail\":\"only GET and HEAD are answered\"}");
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        HttpResponse<String> answer = client.send("HEAD", "/api/v1/status");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aRequestWithABodyIsRefused() throws Exception {
        String host = "Host: localhost:" + port() + "\r\n";

        assertThat(rawGet(host + "Content-Length: 3\r\n")).startsWith("HTTP/1.1 413 ");
        assertThat(rawGet(host + "Transfer-Encoding: chunked\r\n")).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void whatIsTooLongOrNoHttpIsAProblemInTheSameForm() throws Exception {
        String host = "Host: localhost:" + port() + "\r\n";

        assertThat(rawGet(host + "X: " + "x".repeat(20_000) + "\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("application/problem+json")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .doesNotContainIgnoringCase("jetty");
        assertThat(client.raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("application/problem+json");
        assertThat(client.raw("\u0016\u0003\u0001 no http\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .doesNotContainIgnoringCase("jetty");
    }

    @Test
    void whatIsNotThereIsAProblem() throws Exception {
        for (String path :
                List.of("/nothing", "/api/v1/", "/api/v1/status/x", "/%2e%2e/%2e%2e/etc/passwd", "/metrics%00")) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.headers().firstValue("content-type")).as(path).hasValue("application/problem+json");
            assertThat(answer.body())
                    .as(path)
                    .doesNotContain("passwd", "nothing here\n")
                    .contains("about:blank");
        }
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        failing.set(true);
        for (String path : List.of("/nothing", "/api/v1/status", "/api/v1/gaps?from=0", "/health/live")) {
            assertThat(client.get(path).headers().map())
                    .as(path)
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry(
                            "content-security-policy",
                            List.of("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"))
                    .doesNotContainKeys("server", "x-powered-by", "set-cookie", "access-control-allow-origin");
        }
    }

    @Test
    void aFailureInsideIsAProblemThatTellsNothingOfIt() throws Exception {
        failing.set(true);

        for (String path : List.of("/api/v1/status", "/health/ready", "/metrics")) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(500);
            assertThat(answer.body())
                    .as(path)
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                            + "\"detail\":\"the log of the server says more\"}");
        }
        assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
        failing.set(false);
        assertThat(client.get("/api/v1/status").statusCode()).isEqualTo(200);
    }

    @Test
    void ofSeveralSubscriptionsOneMustBeChosen() throws Exception {
        assertThat(client.get("/api/v1/gaps").statusCode()).isEqualTo(400);
        assertThat(client.get("/api/v1/gaps").body())
                .contains("there are several subscriptions: choose one with ?subscription=, of: one, two");
        assertThat(client.get("/api/v1/gaps?subscription=three").statusCode()).isEqualTo(404);
        assertThat(client.get("/api/v1/gaps?subscription=two").body())
                .isEqualTo("{\"subscription\":\"two\",\"gaps\":[],\"next\":null,\"open\":null,\"totals\":{\"count\":0,"
                        + "\"seconds\":0,\"categories\":[],\"unreadable\":0},\"countedTo\":0,\"complete\":false,"
                        + "\"omitted\":0}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"from=0", "from=-1", "from=x", "from=", "from=99999999999999999999", "limit=0", "limit=1001"})
    void aPageThatCannotBeIsRefused(String query) throws Exception {
        HttpResponse<String> answer = client.get("/api/v1/gaps?subscription=one&" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(" must be a number from 1 to ");
    }

    @Test
    void aTakenPortIsToldWithTheRemedy() {
        int taken = server.address().getPort();

        assertThatThrownBy(() -> HttpPort.take(InetAddress.getLoopbackAddress(), taken))
                .isInstanceOf(HttpServerException.class)
                .hasMessage(
                        "port " + taken + " of 127.0.0.1 is taken, perhaps by another zoom-ws: set zoomws.http.port to"
                                + " another, to 0 for any free one, or zoomws.http.enabled to false");
    }

    @Test
    void itsThreadsAreNamedAndEndWithIt() throws Exception {
        client.get("/");
        assertThat(httpThreads()).isNotEmpty();

        server.close();

        while (!httpThreads().isEmpty()) {
            new StopRequest().await(Duration.ofMillis(5));
        }
    }

    private static List<String> httpThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("http-"))
                .toList();
    }

    private HttpServer start(HttpAccess access) {
        Supplier<ServerStatus> status = () -> {
            if (failing.get()) {
                throw new IllegalStateException("a secret of the inside");
            }
            return STATUS;
        };
        return HttpServer.start(
                HttpPort.take(InetAddress.getLoopbackAddress(), 0),
                access,
                new HttpSources(status, List::of, List.of(subscription("two"), subscription("one"))));
    }

    private static HttpSources.Subscription subscription(String name) {
        return new HttpSources.Subscription(
                name, new GapLedger(), new MemoryJournal(), InstanceFiles.in(Path.of("nowhere"), name), Map.of());
    }

    private String port() {
        return Integer.toString(server.address().getPort());
    }

    private String rawGet(String headers) throws Exception {
        return client.raw("GET / HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
    }
}
