package io.zoomws.plugin.camelroutes;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.testkit.TestPluginMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** A folder of route files, which is looked at when a test says so, over a journal in memory. */
final class Workshop implements AutoCloseable {

    final MemoryJournal journal = new MemoryJournal();
    final Positions positions = new Positions();
    final TestPluginMetrics metrics = new TestPluginMetrics();
    final Path folder;
    final Path out;
    private final LoggedLines watched = LoggedLines.of(RouteWatch.class);
    private final LoggedLines failed = LoggedLines.of(RouteFailures.class);
    private final RouteWatch watch;

    Workshop(Path directory) throws IOException {
        this.folder = Files.createDirectory(directory.resolve("routes"));
        this.out = directory.resolve("out");
        RouteNumbers numbers = new RouteNumbers(metrics);
        RouteFailures failures = new RouteFailures("sales", numbers);
        Host host = new Host("sales", "main", Path.of("/plugins/camel-routes"), journal, journal, positions, failures);
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        this.watch = new RouteWatch(new Folder(folder), host, numbers, clock);
    }

    /** Writes a file and looks until it must have been loaded. */
    Workshop with(String file, String yaml) throws IOException {
        Files.writeString(folder.resolve(file), yaml.replace("OUT", out.toString()));
        return look();
    }

    Workshop without(String file) throws IOException {
        Files.delete(folder.resolve(file));
        return look();
    }

    Workshop look() {
        watch.look();
        watch.look();
        return this;
    }

    /** Names of the files that routes have written. */
    List<String> written() throws IOException {
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    List<String> errors() {
        return watched.errors();
    }

    List<String> failures() {
        return failed.warnings();
    }

    @Override
    public void close() throws InterruptedException {
        watch.stop(Duration.ofSeconds(5));
        watched.close();
        failed.close();
    }
}
