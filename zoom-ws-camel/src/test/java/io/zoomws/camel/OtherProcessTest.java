package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real journal, written by another process while a route turns its events into files. */
class OtherProcessTest {

    @TempDir
    Path folder;

    @Test
    void aRouteContinuesWhereItWasStoppedWhileTheWriterGoesOn() throws Exception {
        try (WriterProcess writer = WriterProcess.start(folder.resolve("data"))) {
            writer.append(100);
            // A second file for the same event fails, its exchange never ends well and the files never get complete.
            String to = files() + "&fileExist=Fail";
            try (CamelContext camel = camel(to)) {
                writer.append(100);
                awaitFiles(150);
                camel.getRouteController().stopRoute("r");
                writer.append(100);
                camel.getRouteController().startRoute("r");
                awaitFiles(300);
            }
        }
        assertThat(contents()).containsExactlyInAnyOrderElementsOf(events(300));
    }

    private CamelContext camel(String to) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.addRoutes(RouteProcess.routes(from(), to));
        camel.start();
        return camel;
    }

    private String from() {
        return "zoomws:main?cursor=files&from=earliest&data=" + folder.resolve("data");
    }

    private String files() {
        return "file:" + folder.resolve("out")
                + "?charset=UTF-8&tempPrefix=.&fileName=${header.CamelZoomWsSequence}.json";
    }

    private static List<String> events(int count) {
        return IntStream.range(0, count).mapToObj(WriterProcess::event).toList();
    }

    private List<Path> complete() throws IOException {
        Path out = folder.resolve("out");
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .toList();
        }
    }

    private List<String> contents() throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path file : complete()) {
            contents.add(Files.readString(file));
        }
        return contents;
    }

    private void awaitFiles(int count) throws IOException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (complete().size() < count) {
            assertThat(System.nanoTime())
                    .as("fewer than %d files within 120 s", count)
                    .isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
