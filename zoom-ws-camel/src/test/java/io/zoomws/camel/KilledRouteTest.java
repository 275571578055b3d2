package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes with a route into files that are killed in mid-flight; the files are the witness. Each is named by the sequence of
 * its event, the run that wrote it, and whether that was told of a possible repeat.
 */
class KilledRouteTest {

    private static final int KILLS = Integer.getInteger("campaign.camel.kills", 2);
    private static final int EVENTS_A_RUN = 600;

    /** The entry before says that a writer has begun. */
    private static final int FIRST = 2;

    @TempDir
    Path folder;

    private record Written(long sequence, int run, boolean flagged) {
        static Written of(String name) {
            String[] parts = name.split("-");
            return new Written(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Boolean.parseBoolean(parts[2]));
        }
    }

    @Test
    void everyEventIsAFileAndWhatWasWrittenTwiceWasFlaggedTheSecondTime() throws Exception {
        long events = EVENTS_A_RUN * (KILLS + 1L);
        try (WriterProcess writer = WriterProcess.start(folder.resolve("data"))) {
            for (int run = 0; run < KILLS; run++) {
                writer.append(EVENTS_A_RUN);
                int before = written().size();
                Process killed = RouteProcess.start(from(), files(run));
                try {
                    int enough = before + 1 + ThreadLocalRandom.current().nextInt(EVENTS_A_RUN / 2);
                    Waiting.until(() -> written().size() >= enough);
                } finally {
                    killed.destroyForcibly().waitFor();
                }
            }
            writer.append(EVENTS_A_RUN);
            runToTheEnd(KILLS, events);
        }
        check(events);
        int before = written().size();
        runToTheEnd(KILLS + 1, events);
        assertThat(written()).as("after an orderly stop nothing comes again").hasSize(before);
    }

    private void runToTheEnd(int run, long events) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(RouteProcess.routes(from(), files(run)));
            camel.start();
            Waiting.until(() -> sequences(written()).size() == events);
        }
    }

    private void check(long events) {
        List<Written> written = written();
        assertThat(sequences(written))
                .containsExactlyElementsOf(LongStream.rangeClosed(FIRST, FIRST + events - 1)
                        .boxed()
                        .toList());
        Set<Long> seen = new HashSet<>();
        for (int run = 0; run <= KILLS; run++) {
            int number = run;
            List<Written> ofRun =
                    written.stream().filter(file -> file.run() == number).toList();
            List<Written> repeats = ofRun.stream()
                    .filter(file -> seen.contains(file.sequence()))
                    .toList();
            assertThat(repeats)
                    .as("repeats in run %d", run)
                    .hasSizeLessThanOrEqualTo(Checkpoint.ENTRIES)
                    .allMatch(Written::flagged);
            seen.addAll(sequences(ofRun));
        }
    }

    private static Set<Long> sequences(List<Written> written) {
        return written.stream().map(Written::sequence).collect(Collectors.toCollection(TreeSet::new));
    }

    private String from() {
        return "zoomws:main?cursor=files&from=earliest&data=" + folder.resolve("data");
    }

    private String files(int run) {
        return "file:" + folder.resolve("out") + "?tempPrefix=.&fileName=${header.CamelZoomWsSequence}-" + run
                + "-${header.CamelZoomWsMayRepeat}";
    }

    private List<Written> written() {
        Path out = folder.resolve("out");
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .map(Written::of)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
