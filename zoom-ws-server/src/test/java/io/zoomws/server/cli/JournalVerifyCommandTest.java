package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalVerifyCommandTest {

    private static final byte[] NEEDLE = "needle".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final StopRequest stop = new StopRequest();
    private Path segment = Path.of("");

    @BeforeEach
    void writeAJournal() throws IOException {
        try (JournalWriter writer = JournalWriter.open(directory, "main")) {
            append(writer, "{\"event\":\"a.b\",\"x\":\"needle\"}");
            append(writer, "{\"event\":\"c.d\"}");
        }
        try (Stream<Path> children = Files.list(directory.resolve("main/journal"))) {
            segment = children.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static void append(JournalWriter writer, String frame) {
        writer.append(StoredKind.TEXT_FRAME, 1, 1, 0, ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
    }

    private int run(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("journal", "verify", "--data", directory.toString()), Stream.of(more))
                .toArray(String[]::new);
        return CommandLineInterface.run(arguments, data, new PrintStream(messages, true, StandardCharsets.UTF_8), stop);
    }

    private String output() {
        return data.toString(StandardCharsets.UTF_8)
                .replaceAll("[0-9.]+ MB in [0-9.]+ s \\([0-9.]+ MB/s\\)", "…")
                .replaceAll("\"bytes\":\\d+,\"seconds\":[0-9.]+,\"bytesPerSecond\":\\d+", "…");
    }

    private void damage() throws IOException {
        Path file = segment.resolve("19700101.cq4");
        byte[] bytes = Files.readAllBytes(file);
        bytes[indexOf(bytes)] ^= 1;
        Files.write(file, bytes);
    }

    private static int indexOf(byte[] bytes) {
        for (int at = 0; ; at++) {
            if (Arrays.equals(bytes, at, at + NEEDLE.length, NEEDLE, 0, NEEDLE.length)) {
                return at;
            }
        }
    }

    @Test
    void aSoundJournalIsStatusZeroAlsoBesideItsWriter() {
        assertThat(run()).isZero();
        assertThat(output()).isEqualTo("sound: 1 segments, sequence 1 to 4, 4 entries as they were written, …\n");

        try (JournalWriter writer = JournalWriter.open(directory, "main")) {
            assertThat(writer.status().epoch()).isEqualTo(2);
            data.reset();
            assertThat(run("--format", "json")).isZero();
        }
        assertThat(output())
                .isEqualTo(
                        "{\"subscription\":\"main\",\"sound\":true,\"fromSequence\":1,\"toSequence\":5,\"segments\":2,"
                                + "\"segmentsRemoved\":0,\"entries\":5,…,\"problemCount\":0,\"problems\":[],\"quarantined\":[],\"skipped\":[]}\n");
        assertThat(messages.size()).isZero();
    }

    @Test
    void damageIsOneLineWithPlaceAndRemedyAndStatusOne() throws Exception {
        damage();

        assertThat(run()).isEqualTo(1);

        assertThat(output())
                .isEqualTo(
                        "data " + segment + "/19700101.cq4 sequence 2: the entry does not match its checksum; restore"
                                + " this segment from a backup; until then readers get a quarantine entry in its place\n"
                                + "1 problem: 1 segments, sequence 1 to 4, 3 entries as they were written, …\n");
        data.reset();
        assertThat(run("--format", "json")).isEqualTo(1);
        assertThat(output())
                .contains("\"sound\":false")
                .contains("\"problemCount\":1,\"problems\":[{\"problem\":\"data\",\"file\":\"" + segment
                        + "/19700101.cq4\",\"fromSequence\":2,\"toSequence\":2,\"what\":\"the entry does not match its"
                        + " checksum\",\"remedy\":\"restore this segment")
                .hasLineCount(1);
    }

    @Test
    void damageThatAQuarantineEntryNamesIsListedAndNoProblem() throws Exception {
        damage();
        JournalWriter.open(directory, "main").close();

        assertThat(run()).isZero();

        assertThat(output())
                .isEqualTo("quarantined sequence 2: lost, and the journal says so\n"
                        + "sound: 2 segments, sequence 1 to 7, 6 entries as they were written, …\n");
        data.reset();
        run("--format", "json");
        assertThat(output()).contains("\"quarantined\":[{\"fromSequence\":2,\"toSequence\":2}]");
    }

    @Test
    void aProblemThatIsNotAboutEntriesHasNoSequences() throws Exception {
        Files.delete(segment.resolve("index"));

        assertThat(run("--format", "json")).isEqualTo(1);

        assertThat(output())
                .contains("{\"problem\":\"index\",\"file\":\"" + segment
                        + "/index\",\"fromSequence\":null,\"toSequence\":null,\"what\":\"is missing\"");
    }

    @Test
    void aStoppedVerificationSaysSo() {
        stop.request();

        assertThat(run()).isEqualTo(1);

        assertThat(messages).hasToString("zoom-ws: stopped before the end of the journal\n");
        assertThat(data.size()).isZero();
    }

    @Test
    void aDirectoryWithoutAJournalIsOneLine() throws Exception {
        Files.delete(directory.resolve("main/journal/format"));

        assertThat(run()).isEqualTo(1);

        assertThat(messages)
                .hasToString("zoom-ws: there is no journal in " + directory
                        + ": name the data directory of a server with --data\n");
    }

    @Test
    void theHelpNamesTheKeysOfTheJson() {
        assertThat(run("--help")).isZero();

        assertThat(data.toString(StandardCharsets.UTF_8)).contains("bytesPerSecond", "remedy", "quarantined");
    }
}
