package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin by somebody who has only the contract: compiled, put into a folder, run and replayed. */
class StrangersPluginTest {

    private static final String SOURCE = """
            import java.nio.file.*;

            public class Recorder implements EventHandler {
                @Override
                public void handle(ZoomEvent event, Delivery delivery) throws Exception {
                    Files.writeString(
                            Path.of(delivery.replay() ? "replayed.txt" : "handled.txt"),
                            event.text("/payload/object/number").orElseThrow() + "\\n",
                            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void isFoundTailsAndContinuesAtItsCursorAndReplaysBesideTheServer() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("my-plugins"));
        build(plugins.resolve("recorder"));
        String more = """
                plugin-path: [my-plugins]
                plugins:
                  recorder: { start: earliest }
                """;
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom.tokenUrl(), zoom.webSocketUrl(), more);

            ZoomWs.Result list = ZoomWs.run(folder, "plugins", "list", "--format", "json");
            assertThat(list.status()).as(list.err()).isZero();
            assertThat(list.out()).contains("recorder");

            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                send(connection, 0, 50);
                awaitLines(folder.resolve("handled.txt"), 50);
                server.kill();
            }
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                send(connection, 50, 100);
                awaitNumber(folder.resolve("handled.txt"), 99);

                ZoomWs.Result replay =
                        ZoomWs.run(folder, "replay", "--plugin", "recorder", "--from", "earliest", "--to", "latest");
                assertThat(replay.status()).as(replay.err()).isZero();

                send(connection, 100, 110);
                awaitNumber(folder.resolve("handled.txt"), 109);
                server.terminate();
                assertThat(server.await().status()).isZero();
            }
        }

        assertThat(Files.readAllLines(folder.resolve("replayed.txt"))).isEqualTo(numbers(0, 100));
        // At least once, in order; kill -9 repeats no more than what was handled since the last saved position.
        List<String> handled = Files.readAllLines(folder.resolve("handled.txt"));
        assertThat(handled.stream().distinct()).containsExactlyElementsOf(numbers(0, 110));
        assertThat(handled.subList(0, 50)).isEqualTo(numbers(0, 50));
        assertThat(handled.subList(handled.size() - 60, handled.size())).isEqualTo(numbers(50, 110));
    }

    private static void send(WireConnection connection, int from, int to) throws IOException {
        for (int n = from; n < to; n++) {
            connection.text(Events.asString(Events.event(n)));
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static void awaitLines(Path file, int count) throws Exception {
        awaitNumber(file, count - 1);
    }

    /** Watches the file's folder rather than the clock. */
    private static void awaitNumber(Path file, int number) throws Exception {
        long deadline = System.nanoTime() + 180_000_000_000L;
        while (!(Files.exists(file) && Files.readAllLines(file).contains(Integer.toString(number)))) {
            assertThat(System.nanoTime())
                    .as("no %d in %s within 180 s", number, file)
                    .isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    private static void build(Path directory) throws IOException {
        new PluginJar()
                .against(spiJar())
                .source("com.example.Recorder", SOURCE)
                .service("io.zoomws.spi.EventHandler", "com.example.Recorder")
                .writeTo(directory.resolve("recorder.jar"));
    }

    private static Path spiJar() throws IOException {
        try (Stream<Path> files = Files.list(ZoomWs.root().resolve("zoom-ws-spi/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("zoom-ws-spi-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
