package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.airlift.compress.zstd.ZstdInputStream;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalExportCommandTest {

    private static final long TIME_NANOS = 1_795_000_000_123_456_789L;
    private static final String EVENT =
            "{\"event\":\"meeting.started\",\"event_ts\":1795000000001,\"payload\":{\"object\":{\"id\":\"98\"}}}";
    private static final String TWO_LINES = "{\"event\":\"user.updated\",\n\"x\":1e-07}";
    private static final byte[] BINARY = {0, 10, 30, 10, (byte) 0xff};

    @TempDir
    private static Path source;

    @TempDir
    private Path target;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final StopRequest stop = new StopRequest();

    /** 1 opened, 2 and 3 an event and its repeat, 4 an event of two lines, 5 binary, 6 a heartbeat, 7 closed. */
    @BeforeAll
    static void writeAJournal() {
        try (JournalWriter writer = JournalWriter.open(
                source,
                "main",
                Clock.fixed(Instant.ofEpochSecond(0, TIME_NANOS), ZoneOffset.UTC),
                JournalSettings.DEFAULT)) {
            append(writer, StoredKind.TEXT_FRAME, 1, EVENT.getBytes(StandardCharsets.UTF_8));
            append(writer, StoredKind.TEXT_FRAME, 2, EVENT.getBytes(StandardCharsets.UTF_8));
            append(writer, StoredKind.TEXT_FRAME, 2, TWO_LINES.getBytes(StandardCharsets.UTF_8));
            append(writer, StoredKind.BINARY_FRAME, 2, BINARY);
            append(writer, StoredKind.TEXT_FRAME, 2, "{\"module\":\"heartbeat\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void append(JournalWriter writer, StoredKind kind, long connection, byte[] frame) {
        writer.append(kind, connection, TIME_NANOS, 0, ByteBuffer.wrap(frame));
    }

    private int run(String... arguments) {
        return runInto(data, arguments);
    }

    private int runInto(OutputStream out, String... more) {
        String[] arguments = Stream.concat(Stream.of("journal", "export", "--data", source.toString()), Stream.of(more))
                .toArray(String[]::new);
        return CommandLineInterface.run(arguments, out, new PrintStream(messages, true, StandardCharsets.UTF_8), stop);
    }

    private List<String> filesInTarget() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private byte[] cat(String format) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CommandLineInterface.run(
                new String[] {"journal", "cat", "--format", format, "--to", "latest", "--data", source.toString()},
                printed,
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                stop);
        return printed.toByteArray();
    }

    @Test
    void jsonIsWhatCatPrintsHoweverItIsCompressed() throws Exception {
        byte[] expected = cat("json");
        assertThat(new String(expected, StandardCharsets.UTF_8)).hasLineCount(7);
        assertThat(run()).isZero();
        assertThat(data.toByteArray()).isEqualTo(expected);
        assertThat(messages).hasToString("7 entries\n");

        data.reset();
        run("--compress", "gzip");
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(data.toByteArray()))) {
            assertThat(in.readAllBytes()).isEqualTo(expected);
        }
        data.reset();
        run("--compress", "zstd");
        try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(data.toByteArray()))) {
            assertThat(in.readAllBytes()).isEqualTo(expected);
        }
    }

    @Test
    void zstandardIsRightAtTheBordersOfItsFramesAndSmall() throws Exception {
        for (int length : new int[] {0, 1, 1 << 20, (1 << 20) + 1}) {
            byte[] plain = new byte[length];
            for (int i = 0; i < length; i++) {
                plain[i] = (byte) (i % 251);
            }
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (OutputStream out = Compression.zstd.over(compressed)) {
                out.write(plain);
            }
            assertThat(compressed.size()).isLessThan(20 + length / 100);
            try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(compressed.toByteArray()))) {
                assertThat(in.readAllBytes()).isEqualTo(plain);
            }
        }
    }

    @Test
    void rawFramesAreByteForByteWhatCame() {
        assertThat(run("--format", "raw")).isZero();

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes((EVENT + "\n" + EVENT + "\n").getBytes(StandardCharsets.UTF_8));
        expected.writeBytes(("\u001e" + TWO_LINES.length() + "\n" + TWO_LINES + "\n").getBytes(StandardCharsets.UTF_8));
        expected.writeBytes("\u001e5\n".getBytes(StandardCharsets.UTF_8));
        expected.writeBytes(BINARY);
        expected.writeBytes("\n{\"module\":\"heartbeat\"}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(data.toByteArray()).isEqualTo(expected.toByteArray());
        assertThat(messages).hasToString("5 entries\n");
    }

    @Test
    void cloudEventsHoldTheStableIdAndTheEventAsSent() throws Exception {
        assertThat(run("--format", "cloudevents")).isZero();

        List<String> lines = data.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        String id = lines.get(0).replaceAll(".*\"id\":\"([^\"]{22})\",\"source.*", "$1");
        assertThat(lines.get(0))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"zoomws:main\","
                        + "\"type\":\"us.zoom.meeting.started\",\"time\":\"2026-11-18T11:06:40.001000000Z\","
                        + "\"subject\":\"98\",\"datacontenttype\":\"application/json\","
                        + "\"sequence\":\"0000000000000000002\",\"receivedat\":\"2026-11-18T11:06:40.123456789Z\","
                        + "\"data\":" + EVENT + "}");
        assertThat(lines.get(1)).contains("\"id\":\"" + id + "\"").contains("\"sequence\":\"0000000000000000003\"");
        assertThat(lines.get(2))
                .contains("\"type\":\"us.zoom.user.updated\",\"time\":\"2026-11-18T11:06:40.123456789Z\","
                        + "\"datacontenttype\"")
                .endsWith("\"data\":{\"event\":\"user.updated\", \"x\":1e-07}}");
        for (String line : lines) {
            try (JsonParser parser = new JsonFactory().createParser(line)) {
                while (parser.nextToken() != null) {
                    assertThat(parser.currentToken()).isNotNull();
                }
            }
        }
    }

    @Test
    void entriesAreChosenByRangeTypeKindAndWhetherTheyRepeat() {
        assertThat(sequences("--from", "3", "--to", "5")).containsExactly(3L, 4L);
        assertThat(sequences("--event", "meeting.*")).containsExactly(2L, 3L);
        assertThat(sequences("--events", "meeting.*,user.*", "--duplicates", "exclude"))
                .containsExactly(2L, 4L);
        assertThat(sequences("--duplicates", "only")).containsExactly(3L);
        assertThat(sequences("--duplicates", "exclude")).containsExactly(1L, 2L, 4L, 5L, 6L, 7L);
        assertThat(sequences("--kind", "opened,unreadable", "--kind", "control"))
                .containsExactly(1L, 5L, 6L);
        assertThat(sequences("--to", "2026-11-18T11:06:40Z")).isEmpty();
        assertThat(sequences("--from", "latest")).isEmpty();
    }

    private List<Long> sequences(String... options) {
        data.reset();
        assertThat(run(options)).isZero();
        return data.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Long.valueOf(line.replaceAll("^\\{\"sequence\":(\\d+),.*", "$1")))
                .toList();
    }

    @Test
    void aFileIsForItsOwnerAndIsNotReplacedUnasked() throws Exception {
        Path file = target.resolve("all.jsonl");
        assertThat(run("-o", file.toString())).isZero();
        assertThat(file).hasBinaryContent(cat("json"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(filesInTarget()).containsExactly("all.jsonl");
        assertThat(messages).hasToString("7 entries in " + file + "\n");

        Files.writeString(file, "mine");
        messages.reset();
        assertThat(run("-o", file.toString())).isEqualTo(1);
        assertThat(file).hasContent("mine");
        assertThat(messages)
                .hasToString("zoom-ws: " + file + " exists: choose another name, or replace it with --force\n");

        assertThat(run("-o", file.toString(), "--force", "--compress", "gzip")).isZero();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(in.readAllBytes()).isEqualTo(cat("json"));
        }
        assertThat(data.size()).isZero();
    }

    @Test
    void anExportThatIsStoppedLeavesNothing() throws Exception {
        Path file = target.resolve("all.jsonl");
        stop.request();

        assertThat(run("-o", file.toString(), "--compress", "zstd")).isEqualTo(1);

        assertThat(filesInTarget()).isEmpty();
        assertThat(messages).hasToString("zoom-ws: stopped before the end: nothing was written\n");
    }

    @Test
    void aTargetThatCannotBeWrittenIsOneLineAndNothingIsMade() throws Exception {
        Path nowhere = target.resolve("no/where");
        assertThat(run("-o", nowhere.toString())).isEqualTo(1);
        assertThat(messages)
                .hasToString("zoom-ws: there is no directory " + nowhere.getParent() + " for " + nowhere
                        + ": make it first\n");

        messages.reset();
        assertThat(run("-o", target.toString(), "--force")).isEqualTo(1);
        assertThat(messages)
                .hasToString("zoom-ws: " + target
                        + " is no regular file: leave --output out and redirect standard output\n");
        assertThat(filesInTarget()).isEmpty();
    }

    @Test
    void aDiskThatIsFullIsOneLine() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThat(runInto(full)).isEqualTo(1);
        assertThat(messages).hasToString("zoom-ws: No space left on device\n");
    }

    @Test
    void wrongUsageIsStatusTwoAndNothingIsMade() throws Exception {
        String file = target.resolve("f").toString();
        assertUsage("Invalid value for option '--format': expected one of [json, raw, cloudevents]", "--format", "xml");
        assertUsage("Invalid value for option '--compress': expected one of [none, gzip, zstd]", "--compress", "lz4");
        assertUsage("--event: '' is no event glob", "--event", "", "-o", file);
        assertUsage("--from: 5 lies behind --to 3: give an earlier one", "--from", "5", "--to", "3", "-o", file);
        assertUsage("--from: 99 lies behind --to 98", "--from", "99", "--to", "98");
        assertUsage("--from: latest lies behind --to earliest", "--from", "latest", "--to", "earliest");
        assertUsage(
                "--from: 2027-02-01T00:00:00Z lies behind --to 2027-01-01T00:00:00Z",
                "--from",
                "2027-02-01T00:00:00Z",
                "--to",
                "2027-01-01T00:00:00Z");
        assertUsage("--kind: only events can be CloudEvents", "--format", "cloudevents", "--kind", "event,gap");
        assertThat(filesInTarget()).isEmpty();
        assertThat(data.size()).isZero();
    }

    private void assertUsage(String message, String... options) {
        messages.reset();
        assertThat(run(options)).isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith("zoom-ws: " + message)
                .hasLineCount(2);
    }
}
