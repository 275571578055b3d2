package io.zoomws.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes in a Camel context of our own, while the server, another process, writes the journal. */
class CamelRouteTest {

    @TempDir
    Path folder;

    @Test
    void aRouteWritesEventsIntoFilesWhileTheServerReceivesAndContinuesWhereItStopped() throws Exception {
        try (WireZoom zoom = WireZoom.start()) {
            Workplace.configure(folder, zoom);
            try (ZoomWs server = ZoomWs.start(folder, Map.of(), "run")) {
                WireConnection connection = zoom.nextConnection().accept();
                server.awaitErr("ready");
                send(connection, 0, 20);
                try (CamelContext camel = route("?cursor=files&from=earliest")) {
                    send(connection, 20, 40);
                    awaitFiles(40);
                    camel.stop();
                }
                send(connection, 40, 60);
                try (CamelContext camel = route("?cursor=files&from=earliest")) {
                    send(connection, 60, 80);
                    awaitFiles(80);
                    camel.stop();
                }
                server.terminate();
                assertThat(server.await().status()).isZero();
            }
        }
        // A file is named by its sequence: an event that came twice would have a file that was written twice.
        assertThat(contents())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 80).mapToObj(Events::event).toList());
    }

    private CamelContext route(String options) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("zoomws:main" + options + "&data=" + folder.resolve("data"))
                        .process(exchange -> exchange.getMessage()
                                .setHeader(
                                        Exchange.FILE_NAME,
                                        exchange.getMessage().getHeader("CamelZoomWsSequence") + ".json"))
                        .to("file:" + folder.resolve("out") + "?fileExist=Fail&charset=UTF-8");
            }
        });
        camel.start();
        return camel;
    }

    private static void send(WireConnection connection, int from, int to) throws IOException {
        for (int n = from; n < to; n++) {
            connection.text(Events.asString(Events.event(n)));
        }
    }

    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private void awaitFiles(int count) throws IOException {
        Path out = folder.resolve("out");
        long deadline = System.nanoTime() + 180_000_000_000L;
        while (!Files.isDirectory(out) || out.toFile().list().length < count) {
            assertThat(System.nanoTime())
                    .as("fewer than %d files within 180 s", count)
                    .isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
