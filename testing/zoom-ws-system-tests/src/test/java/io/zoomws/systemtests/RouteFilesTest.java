package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.CursorState;
import io.zoomws.journal.Journals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped plugin camel-routes in the packaged server, with the route of docs/camel.md. */
class RouteFilesTest {

    /** What it throws quotes the event, as exceptions of real components may. */
    private static final String FAILING = """
            - route:
                id: fails
                from:
                  uri: zoomws:main
                  parameters: { from: earliest }
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: "${body}"
            """;

    @TempDir
    Path folder;

    @Test
    void eachEventIsAFileAfterAChangeOfTheRouteAndAKillBesideABrokenFileAndAFailingRoute() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("to-files.yaml"), routeOfThePage());
        Path failing = Files.writeString(routes.resolve("fails.yaml"), FAILING);
        Files.writeString(routes.resolve("broken.yaml"), "- route:\n    id: broken\n    from:\n      uri: [\n");
        Map<String, String> environment =
                Map.of("EVENTS_FOLDER", folder.resolve("out").toString());
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), plugin("thread"));
            try (ZoomWs server = ZoomWs.start(folder, environment, "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                server.awaitErr("routes: broken.yaml:5: this is no YAML");
                server.awaitErr("routes: to-files.yaml runs: to-files$");
                send(connection, 0, 20);
                awaitFiles(20);
                Files.writeString(
                        routes.resolve("to-files.yaml"),
                        routeOfThePage() + routeOfThePage().replace("to-files", "once-more"));
                send(connection, 20, 40);
                server.awaitErr("routes: to-files.yaml runs: to-files, once-more$");
                send(connection, 40, 60);
                Journal.awaitEvents(folder, 60);
                server.awaitErr("routes: route fails of fails.yaml failed on the entry with sequence");
                server.kill();
                assertThat(server.err()).doesNotContain("pallet").doesNotContain("Apache Camel");
            }
            Files.delete(failing);
            // A process of its own has the same cursors.
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), plugin("process"));
            try (ZoomWs server = ZoomWs.start(folder, environment, "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                send(connection, 60, 80);
                awaitFiles(80);
                assertThat(requiredCursors()).contains("routes", "routes.to-files", "routes.once-more");
                server.terminate();
                assertThat(server.await().status()).isZero();
            }
        }

        assertThat(contents())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 80).mapToObj(Events::event).toList());
    }

    private static String plugin(String isolation) {
        Path shipped = ZoomWs.root().resolve("plugins/zoom-ws-plugin-camel-routes/target/plugin");
        return """
                plugin-path: ["%s"]
                plugins:
                  routes:
                    plugin: camel-routes
                    required: true
                    isolation: %s
                    settings: { directory: routes, poll: 100ms }
                """.formatted(shipped, isolation);
    }

    /** So that what users copy is what runs here. */
    private static String routeOfThePage() throws IOException {
        String page = Files.readString(ZoomWs.root().resolve("docs/camel.md"));
        int begin = page.lastIndexOf("```yaml\n", page.indexOf("id: to-files")) + "```yaml\n".length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    private List<String> requiredCursors() {
        return Journals.cursors(folder.resolve("data"), "main").list(1, 1).stream()
                .filter(CursorState::required)
                .map(CursorState::name)
                .toList();
    }

    private static void send(WireConnection connection, int from, int to) throws IOException {
        for (int n = from; n < to; n++) {
            connection.text(Events.asString(Events.event(n)));
        }
    }

    private List<String> contents() throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.toList()) {
                contents.add(Files.readString(file));
            }
        }
        return contents;
    }

    private void awaitFiles(int count) throws IOException {
        Path out = folder.resolve("out");
        long deadline = System.nanoTime() + 180_000_000_000L;
        while (!Files.isDirectory(out) || count(out) < count) {
            assertThat(System.nanoTime())
                    .as("fewer than %d files within 180 s", count)
                    .isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static long count(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.count();
        }
    }
}
