package io.zoomws.server.cli;

import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.Durability;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A data directory with one journal, a folder of plugins and a configuration, and the command line on them. */
final class ReplayWorkplace {

    /** When the first event was received; each later one comes a millisecond after the one before. */
    static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    /** A handler that writes sequence and id of each event to the file {@code log} in its folder. */
    static final String RECORDER = """
            private final java.io.OutputStream out;
            @jakarta.inject.Inject
            public Handler(PluginContext context) throws Exception {
                out = new java.io.FileOutputStream(context.directory().resolve("log").toFile(), true);
            }
            void record(ZoomEvent event) throws Exception {
                String line = event.sequence() + " " + event.text("/payload/object/id").orElse("none") + "\\n";
                out.write(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            """;

    private final Path directory;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    ReplayWorkplace(Path directory) {
        this.directory = directory;
    }

    Path data() {
        return directory.resolve("data");
    }

    /** Where an instance's recorder writes. */
    Path log(String instance) {
        return data().resolve("main/plugins").resolve(instance).resolve("log");
    }

    /** Writes a journal of so many events, alternately of two types and two accounts. */
    ReplayWorkplace journal(int events) throws InterruptedException {
        try (JournalWriter writer = JournalWriter.open(
                data(), "main", Clock.systemUTC(), JournalSettings.DEFAULT.withDurability(Durability.OS))) {
            for (int n = 0; n < events; n++) {
                String frame = "{\"event\":\"meeting." + (n % 2 == 0 ? "started" : "ended") + "\",\"event_ts\":" + n
                        + ",\"payload\":{\"account_id\":\"a" + n % 2 + "\",\"object\":{\"id\":\"id-" + n + "\"}}}";
                CountDownLatch drained = new CountDownLatch(1);
                writer.onDrained(drained::countDown);
                Duration since = Duration.between(Instant.EPOCH, FIRST.plusMillis(n));
                if (!writer.append(
                        StoredKind.TEXT_FRAME,
                        1,
                        since.toNanos(),
                        0,
                        ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)))) {
                    drained.await();
                }
            }
        }
        return this;
    }

    /** Puts a plugin into the folder. */
    ReplayWorkplace plugin(String name, PluginJar jar) {
        jar.writeTo(directory.resolve("plugins").resolve(name).resolve("a.jar"));
        return this;
    }

    /** Writes the configuration, with these lines about plugin instances. */
    ReplayWorkplace configure(String instances) throws IOException {
        Files.writeString(
                directory.resolve("c.yaml"),
                "zoomws:\n  plugin-path: ['" + directory.resolve("plugins") + "']\n  plugins: {" + instances + "}\n");
        return this;
    }

    /** Sequence and id of each event, as the recorder would write them. */
    List<String> events() {
        List<String> lines = new ArrayList<>();
        try (JournalReader reader = Journals.openReader(data(), "main");
                Tailer tailer = reader.tail(1, EnumSet.of(EntryKind.EVENT), EventFilter.all())) {
            Entry entry = tailer.poll();
            while (entry != null) {
                ZoomEvent event = (ZoomEvent) entry;
                lines.add(event.sequence() + " "
                        + event.text("/payload/object/id").orElse("none"));
                entry = tailer.poll();
            }
        }
        return lines;
    }

    /** The arguments of {@code replay} here. */
    List<String> arguments(String... more) {
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(more));
        all.addAll(List.of("-c", directory.resolve("c.yaml").toString(), "--data", data().toString()));
        return all;
    }

    int replay(String... more) {
        return replay(new StopRequest(), more);
    }

    int replay(StopRequest stop, String... more) {
        data.reset();
        messages.reset();
        return CommandLineInterface.run(
                arguments(more).toArray(String[]::new),
                data,
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                stop);
    }

    String output() {
        return data.toString(StandardCharsets.UTF_8);
    }

    String messages() {
        return messages.toString(StandardCharsets.UTF_8);
    }
}
