package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.status.ServerStatus;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page is served; what it shows is tested in a browser, see testing/browser. */
@Timeout(60)
class DashboardTest {

    private static final Path FILES = Path.of("src/main/resources/io/zoomws/server/http/dashboard");

    private static final Pattern REFERENCE = Pattern.compile("(?:from \"\\./|(?:href|src)=\"assets/)([\\w.-]+)\"");

    private final HttpServer server = HttpServer.start(
            HttpPort.take(InetAddress.getLoopbackAddress(), 0),
            HttpAccess.LOCAL,
            new HttpSources(() -> new ServerStatus("1.2.3", Instant.EPOCH, List.of(), List.of()), List::of, List.of()));
    private final Client client = new Client(server.address());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyFileIsServedAndEveryOneIsNeeded() throws Exception {
        SortedSet<String> reached = new TreeSet<>();
        Deque<String> toRead = new ArrayDeque<>(references(client.get("/").body()));
        while (!toRead.isEmpty()) {
            String name = toRead.pop();
            if (reached.add(name)) {
                HttpResponse<String> answer = client.get("/assets/" + name);
                assertThat(answer.statusCode()).as(name).isEqualTo(200);
                toRead.addAll(references(answer.body()));
            }
        }

        assertThat(reached).containsExactlyElementsOf(Dashboard.ASSETS);
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("index.html")))
                    .containsExactlyInAnyOrderElementsOf(Dashboard.ASSETS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/dashboard.css", "/assets/dashboard.mjs", "/assets/icon.svg"})
    void aBrowserIsToldToRunNothingElse(String path) throws Exception {
        assertThat(client.get(path).headers().map())
                .containsEntry(
                        "content-security-policy",
                        List.of("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                                + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
                                + "require-trusted-types-for 'script'; trusted-types 'none'"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("referrer-policy", List.of("no-referrer"));
    }

    @Test
    void eachFileHasTheTypeThatABrowserInsistsOn() throws Exception {
        assertThat(type("/")).isEqualTo("text/html;charset=utf-8");
        assertThat(type("/assets/dashboard.css")).isEqualTo("text/css;charset=utf-8");
        assertThat(type("/assets/dashboard.mjs")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(type("/assets/icon.svg")).isEqualTo("image/svg+xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/", "/assets/index.html2", "/assets/none.mjs", "/assets/..%2fDashboard.class"})
    void whatIsNoPartOfThePageIsNotServed(String path) throws Exception {
        HttpResponse<String> answer = client.get(path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    /** The browser would refuse them; a reader of the page should not have to find out. */
    @Test
    void nothingIsInlineNothingIsFromElsewhereAndNoTextBecomesHtml() throws Exception {
        String page = client.get("/").body();

        assertThat(page)
                .doesNotContain("style=", "<style", "javascript:", "://")
                .doesNotContainPattern(" on[a-z]+=");
        for (String name : Dashboard.ASSETS) {
            assertThat(client.get("/assets/" + name).body())
                    .as(name)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "@import")
                    .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)");
        }
    }

    private String type(String path) throws Exception {
        return client.get(path).headers().firstValue("content-type").orElseThrow();
    }

    private static List<String> references(String text) {
        return REFERENCE.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
