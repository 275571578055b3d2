package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin by somebody who has only the contract: compiled, put into a folder, run and replayed. */
class StrangersPluginTest {

    private static final String SOURCE = """
            package com.example;

            import io.zoomws.spi.Delivery;
            import io.zoomws.spi.EventHandler;
            import io.zoomws.spi.ZoomEvent;
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

    private void build(Path directory) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("source/com/example"));
        Path source = Files.writeString(sources.resolve("Recorder.java"), SOURCE);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("--release", "17", "-cp", spiJar().toString(), "-d", classes.toString(), source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();

        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Zoom-Ws-Spi-Level", "1");
        Files.createDirectories(directory);
        try (OutputStream file = Files.newOutputStream(directory.resolve("recorder.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            entry(
                    jar,
                    "META-INF/services/io.zoomws.spi.EventHandler",
                    "com.example.Recorder".getBytes(StandardCharsets.UTF_8));
            try (Stream<Path> files = Files.walk(classes)) {
                files.filter(Files::isRegularFile).forEach(file2 -> {
                    try {
                        entry(jar, classes.relativize(file2).toString(), Files.readAllBytes(file2));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    private static void entry(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }

    private static Path spiJar() throws IOException {
        try (Stream<Path> files = Files.list(ZoomWs.root().resolve("zoom-ws-spi/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("zoom-ws-spi-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
