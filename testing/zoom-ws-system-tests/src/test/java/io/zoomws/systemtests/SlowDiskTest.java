package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server on a disk that does not answer for five seconds while events stream in. */
class SlowDiskTest {

    private static final int EVENTS = 1_500;
    private static final String PAD = "x".repeat(20_000);

    @TempDir
    Path folder;

    @Test
    void aStallDelaysNoHeartbeatLosesNothingAndReadingPausesAtTheBound() throws Exception {
        try (SmallDisk disk = SmallDisk.inFile(folder.resolve("data"), folder.resolve("image"), 256);
                WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), """
                    connection: { heartbeat: 500ms, heartbeat-timeout: 400ms }
                    journal: { reserve: 0, memory: 1MB }
                    """);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                URI address = URI.create(server.awaitErr("status at http").replaceAll(".*status at ", ""));
                connection.text(Events.asString("{\"event\":\"x\",\"event_ts\":1,\"n\":0}"));

                stall(disk, connection, address);

                server.awaitErr("reading paused from ");
                server.terminate();
                assertThat(server.await().status()).as(server.err()).isZero();
            }
            Journal journal = Journal.cat(folder);
            journal.assertSequenceIsDense();
            assertThat(journal.ofKind("connected")).as("connections").hasSize(1);
            assertThat(journal.firsts()).hasSize(EVENTS + 1);
            assertThat(journal.ofKind("control"))
                    .as("the pause is recorded, too")
                    .anyMatch(entry -> entry.toString().contains("\"reading paused\""));
        }
    }

    private static void stall(SmallDisk disk, WireConnection connection, URI address) throws Exception {
        disk.freeze();
        CompletableFuture<Void> sending;
        long before;
        try {
            sending = CompletableFuture.runAsync(() -> send(connection));
            before = heartbeats(connection);
            assertThat(new CountDownLatch(1).await(5, TimeUnit.SECONDS))
                    .as("the disk says nothing for so long")
                    .isFalse();
            assertThat(heartbeats(connection) - before)
                    .as("heartbeats in 5 s, of which one is due every 0.5 s")
                    .isGreaterThan(4);
            assertThat(sending).as("the socket is not read to its end").isNotDone();
            String status = status(address);
            assertThat(number(status, "pendingBytes")).isBetween(1L << 20, 4L << 20);
            assertThat(number(status, "pauses")).isEqualTo(1);
        } finally {
            disk.thaw();
        }
        sending.get(60, TimeUnit.SECONDS);
    }

    private static void send(WireConnection connection) {
        try {
            for (int n = 1; n <= EVENTS; n++) {
                connection.text(
                        Events.asString("{\"event\":\"x\",\"event_ts\":1,\"n\":" + n + ",\"pad\":\"" + PAD + "\"}"));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long heartbeats(WireConnection connection) {
        return connection.received().stream()
                .filter(text -> text.contains("heartbeat"))
                .count();
    }

    private static String status(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address.resolve("/api/v1/status"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static long number(String json, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\":(\\d+)").matcher(json);
        assertThat(matcher.find()).as(json).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
