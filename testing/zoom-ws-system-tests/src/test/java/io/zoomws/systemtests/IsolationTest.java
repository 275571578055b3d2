package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a plugin does, the packaged server receives, journals and delivers to every other plugin as before. */
@Timeout(180)
class IsolationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVENTS_A_SECOND = 1000;
    private static final int SECONDS = 5;
    private static final double PACE = 0.95;

    @TempDir
    Path folder;

    @Test
    void aServerFullOfHostilePluginsKeepsItsPaceAndTellsWhoIsWhat() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("my-plugins"));
        Path others = Files.createDirectory(folder.resolve("other-plugins"));
        HostilePlugins.recorder(plugins.resolve("recorder"), "handled.txt");
        HostilePlugins.recorder(plugins.resolve("second"), "second.txt");
        HostilePlugins.slow(plugins.resolve("slow"));
        HostilePlugins.throwsErrors(plugins.resolve("errors"));
        HostilePlugins.throwsNull(plugins.resolve("nulls"));
        HostilePlugins.loops(plugins.resolve("loop"));
        HostilePlugins.deadlocks(plugins.resolve("deadlock"));
        HostilePlugins.leaksThreads(plugins.resolve("leak"));
        HostilePlugins.failsInItsConstructor(plugins.resolve("constructor"));
        HostilePlugins.lacksAClass(plugins.resolve("incomplete"));
        HostilePlugins.isDamaged(plugins.resolve("damaged"));
        HostilePlugins.isEmpty(plugins.resolve("empty"));
        HostilePlugins.slow(plugins.resolve("twin"));
        HostilePlugins.slow(others.resolve("twin"));
        String more = """
                plugin-path: [my-plugins, other-plugins, no-such-folder]
                plugins:
                  recorder: { start: earliest }
                  second: { start: earliest }
                  slow: { start: earliest }
                  errors: { start: earliest }
                  nulls: { start: earliest }
                  loop: { start: earliest }
                  deadlock: { start: earliest }
                  leak: { start: earliest }
                  constructor: { start: earliest }
                  incomplete: { start: earliest }
                  damaged: { start: earliest }
                  empty: { start: earliest }
                  twin: { start: earliest }
                  missing: { start: earliest }
                """;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), more);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                // Each culprit gets to its worst before the pace is measured.
                send(connection, 0, 10);
                awaitLines("handled.txt", 10);

                int last = 10 + EVENTS_A_SECOND * SECONDS;
                sendAtPace(connection, 10, last);
                assertThat(lines("handled.txt"))
                        .as("handled by recorder when the last was sent")
                        .hasSizeGreaterThanOrEqualTo((int) (last * PACE));
                assertThat(lines("second.txt"))
                        .as("handled by second when the last was sent")
                        .hasSizeGreaterThanOrEqualTo((int) (last * PACE));
                awaitLines("handled.txt", last);
                awaitLines("second.txt", last);

                assertTold(server);
                assertMendedWithoutStoppingTheServer(plugins, last);

                server.terminate();
                assertThat(server.await().status()).isZero();
            }
        }
        assertThat(lines("handled.txt")).isEqualTo(numbers(0, 10 + EVENTS_A_SECOND * SECONDS));
        assertThat(Journal.cat(folder).events()).hasSize(10 + EVENTS_A_SECOND * SECONDS);
    }

    private void assertTold(ZoomWs server) throws Exception {
        Map<String, JsonNode> told = status();
        assertThat(state(told, "recorder")).isEqualTo("running");
        assertThat(state(told, "slow")).isEqualTo("running");
        assertThat(state(told, "constructor")).isEqualTo("failed");
        for (String refused : List.of("incomplete", "damaged", "empty", "twin", "missing")) {
            assertThat(state(told, refused)).as(refused).isEqualTo("refused");
            assertThat(told.get(refused).get("why").asText()).as(refused).contains(refused);
            assertThat(server.err()).contains("plugin instance " + refused + " DOES NOT RUN");
        }
        for (String busy : List.of("loop", "deadlock")) {
            assertThat(told.get(busy).get("busySince").isNull()).as(busy).isFalse();
        }
        assertThat(told.get("errors").get("parked").asLong()).isPositive();
        assertThat(told.get("nulls").get("parked").asLong()).isPositive();
        assertThat(told.get("leak").get("threads").asInt()).isEqualTo(50);
        String metrics = get(address(server).resolve("/metrics"));
        assertThat(metrics)
                .containsPattern("zoomws_plugin_busy_seconds\\{plugin=\"loop\",subscription=\"main\"\\} [1-9]");
        assertThat(metrics).containsPattern("zoomws_plugin_threads\\{plugin=\"leak\",subscription=\"main\"\\} 50");
    }

    /** The loop is abandoned, its jar replaced, and the mended one begins with the event that the first never finished. */
    private void assertMendedWithoutStoppingTheServer(Path plugins, int last) throws Exception {
        ZoomWs.Result stopped = ZoomWs.run(folder, "plugins", "stop", "loop");
        assertThat(stopped.err() + stopped.out()).contains("abandoned");
        assertThat(state(status(), "loop")).isEqualTo("abandoned");

        HostilePlugins.recorder(plugins.resolve("loop"), "mended.txt");
        ZoomWs.Result started = ZoomWs.run(folder, "plugins", "start", "loop");
        assertThat(started.status()).as(started.err()).isZero();

        awaitLines("mended.txt", last);
        assertThat(lines("mended.txt")).isEqualTo(numbers(0, last));
        assertThat(state(status(), "loop")).isEqualTo("running");
    }

    @Test
    void systemExitEndsTheServerInOrderAndNamesThePlugin() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("my-plugins"));
        HostilePlugins.recorder(plugins.resolve("recorder"), "handled.txt");
        HostilePlugins.exits(plugins.resolve("exiting"));
        String more = """
                plugin-path: [my-plugins]
                plugins:
                  recorder: { start: earliest }
                  exiting: { start: earliest }
                """;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), more);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                send(zoom.nextConnection().accept(), 0, 6);
                ZoomWs.Result result = server.await();
                assertThat(result.status()).isEqualTo(1);
                assertThat(result.err()).contains("System.exit").contains("plugin exiting");
            }
        }
        Journal journal = Journal.cat(folder);
        assertThat(journal.events()).hasSize(6);
        assertThat(journal.lines().get(journal.lines().size() - 2).get("kind").asText())
                .as("closed in order, then the open gap")
                .isEqualTo("closed");
    }

    @Test
    void systemExitInAProcessOfItsOwnEndsOnlyThePlugin() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("my-plugins"));
        HostilePlugins.recorder(plugins.resolve("recorder"), "handled.txt");
        HostilePlugins.exits(plugins.resolve("exiting"));
        String more = """
                plugin-path: [my-plugins]
                plugins:
                  recorder: { start: earliest }
                  exiting: { start: earliest, isolation: process }
                """;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), more);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                send(connection, 0, 10);
                server.awaitErr("exiting.*ended.*7");
                send(connection, 10, 20);
                awaitLines("handled.txt", 20);
                assertThat(state(status(), "recorder")).isEqualTo("running");
                server.terminate();
                assertThat(server.await().status()).isZero();
            }
        }
        assertThat(lines("handled.txt")).isEqualTo(numbers(0, 20));
    }

    private Map<String, JsonNode> status() throws Exception {
        ZoomWs.Result result = ZoomWs.run(folder, "plugins", "status", "--format", "json");
        assertThat(result.status()).as(result.err()).isZero();
        Map<String, JsonNode> byName = new TreeMap<>();
        for (String line : result.outLines()) {
            JsonNode node = JSON.readTree(line);
            byName.put(node.get("name").asText(), node);
        }
        return byName;
    }

    private static String state(Map<String, JsonNode> told, String name) {
        return told.get(name).get("state").asText();
    }

    private static URI address(ZoomWs server) throws InterruptedException {
        return URI.create(server.awaitErr("status at http").replaceAll(".*status at ", ""));
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void send(WireConnection connection, int from, int to) throws IOException {
        for (int n = from; n < to; n++) {
            connection.text(Events.asString(Events.event(n)));
        }
    }

    /** On schedule: one that the server keeps waiting is late for all that follow, and so is the assertion after it. */
    private static void sendAtPace(WireConnection connection, int from, int to) throws IOException {
        long begin = System.nanoTime();
        long apart = Duration.ofSeconds(1).toNanos() / EVENTS_A_SECOND;
        for (int n = from; n < to; n++) {
            long due = begin + (n - from) * apart;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            connection.text(Events.asString(Events.event(n)));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat((to - from) / seconds).as("events taken a second").isGreaterThan(EVENTS_A_SECOND * PACE);
    }

    private void awaitLines(String file, int count) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (lines(file).size() < count) {
            assertThat(System.nanoTime())
                    .as("%d of %d lines in %s within a minute", lines(file).size(), count, file)
                    .isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private List<String> lines(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : new ArrayList<>();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
