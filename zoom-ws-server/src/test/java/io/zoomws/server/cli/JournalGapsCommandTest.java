package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalGapsCommandTest {

    private static final long TIME_NANOS = 1_795_000_000_123_456_789L;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void gapsThatOverlapAreListedEachAndCountedOnce() {
        try (JournalWriter writer = JournalWriter.open(directory, "main")) {
            gap(writer, "00:00:00", "00:01:00.5", "closed by Zoom (1000 Bye)");
            gap(writer, "00:00:30", "00:02:00", "crash");
            gap(writer, "01:00:00", "01:00:10", "crash");
        }

        assertThat(run("--format", "json", "--to", "latest")).isZero();

        assertThat(lines())
                .containsExactly(
                        "{\"kind\":\"gap\",\"subscription\":\"main\",\"sequence\":2,\"receivedAt\":\"…\","
                                + "\"from\":\"2027-01-01T00:00:00.000000000Z\",\"to\":\"2027-01-01T00:01:00.500000000Z\","
                                + "\"seconds\":60.5,\"cause\":\"closed by Zoom (1000 Bye)\",\"category\":\"closed\"}",
                        "{\"kind\":\"gap\",\"subscription\":\"main\",\"sequence\":3,\"receivedAt\":\"…\","
                                + "\"from\":\"2027-01-01T00:00:30.000000000Z\",\"to\":\"2027-01-01T00:02:00.000000000Z\","
                                + "\"seconds\":90,\"cause\":\"crash\",\"category\":\"crash\"}",
                        "{\"kind\":\"gap\",\"subscription\":\"main\",\"sequence\":4,\"receivedAt\":\"…\","
                                + "\"from\":\"2027-01-01T01:00:00.000000000Z\",\"to\":\"2027-01-01T01:00:10.000000000Z\","
                                + "\"seconds\":10,\"cause\":\"crash\",\"category\":\"crash\"}",
                        "{\"kind\":\"total\",\"subscription\":\"main\",\"count\":3,\"seconds\":130,\"categories\":["
                                + "{\"category\":\"crash\",\"count\":2,\"seconds\":100},"
                                + "{\"category\":\"closed\",\"count\":1,\"seconds\":60.5}],"
                                + "\"unreadable\":0,\"open\":false}");
    }

    @Test
    void forPeopleThereAreColumnsAndTotals() {
        try (JournalWriter writer = JournalWriter.open(directory, "main")) {
            gap(writer, "00:00:00", "01:01:00.0000001", "crash");
        }

        assertThat(run("--to", "latest")).isZero();

        assertThat(data).hasToString("""
                        sequence  from                            to                              duration      cause
                        2         2027-01-01T00:00:00.000000000Z  2027-01-01T01:01:00.000000100Z  1h 1m 0.001s  crash

                        total  count  duration
                        crash  1      1h 1m 0.001s
                        all    1      1h 1m 0.001s
                        """);
    }

    @Test
    void aRangeLeavesOutTheOtherGapsAndTheOpenOne() {
        writeConnectionThatEnded();

        assertThat(run("--format", "json", "--from", "1", "--to", "2")).isZero();

        assertThat(lines())
                .containsExactly("{\"kind\":\"total\",\"subscription\":\"main\",\"count\":0,\"seconds\":0,"
                        + "\"categories\":[],\"unreadable\":0,\"open\":false}");
    }

    @Test
    void aGapThatIsStillOpenComesAfterTheOthersAndIsInNoTotal() {
        writeConnectionThatEnded();

        assertThat(run("--format", "json")).isZero();

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .startsWith("{\"kind\":\"gap\",\"subscription\":\"main\",\"sequence\":null,\"receivedAt\":null,"
                        + "\"from\":\"2026-11-18T11:06:40.123456789Z\",\"to\":null,\"seconds\":")
                .endsWith(",\"cause\":\"restart\",\"category\":\"restart\"}");
        assertThat(lines().get(1)).contains("\"count\":0").endsWith(",\"open\":true}");
        data.reset();
        run();
        assertThat(data.toString(StandardCharsets.UTF_8).lines().skip(1).findFirst())
                .hasValueSatisfying(
                        line -> assertThat(line).contains("  open  ").endsWith("  restart"));
    }

    @Test
    void aGapWithoutReadableBoundsIsNamedAndCountedApart() {
        try (JournalWriter writer = JournalWriter.open(directory, "main")) {
            append(writer, StoredKind.GAP, "{\"cause\":\"crash\"}");
        }

        assertThat(run("--format", "json", "--to", "latest")).isZero();

        assertThat(lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("\"count\":0")
                .contains("\"unreadable\":1");
        assertThat(messages)
                .hasToString("zoom-ws: the bounds of the gap at sequence 2 cannot be read: look at it with zoom-ws"
                        + " journal cat --from 2\n");
    }

    @Test
    void theHelpNamesTheKeysOfTheJson() {
        assertThat(run("--help")).isZero();

        assertThat(data.toString(StandardCharsets.UTF_8)).contains("receivedAt", "seconds", "category", "unreadable");
    }

    @Test
    void durationsAreRoundedUp() {
        assertThat(GapText.text(Duration.ZERO)).isEqualTo("0.000s");
        assertThat(GapText.text(Duration.ofNanos(1))).isEqualTo("0.001s");
        assertThat(GapText.text(Duration.ofDays(2).plusSeconds(61))).isEqualTo("2d 0h 1m 1.000s");
    }

    private void writeConnectionThatEnded() {
        try (JournalWriter writer = JournalWriter.open(directory, "main")) {
            writer.append(StoredKind.TEXT_FRAME, 1, TIME_NANOS, TIME_NANOS, utf8("{\"module\":\"heartbeat\"}"));
        }
    }

    private static void gap(JournalWriter writer, String from, String to, String cause) {
        append(
                writer,
                StoredKind.GAP,
                "{\"from\":\"2027-01-01T" + from + "Z\",\"to\":\"2027-01-01T" + to + "Z\",\"cause\":\"" + cause
                        + "\"}");
    }

    private static void append(JournalWriter writer, StoredKind kind, String json) {
        writer.append(kind, 0, TIME_NANOS, 0, utf8(json));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return data.toString(StandardCharsets.UTF_8)
                .replaceAll("\"receivedAt\":\"[^\"]*\"", "\"receivedAt\":\"…\"")
                .lines()
                .toList();
    }

    private int run(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("journal", "gaps", "--data", directory.toString()), Stream.of(more))
                .toArray(String[]::new);
        return CommandLineInterface.run(
                arguments, data, new PrintStream(messages, true, StandardCharsets.UTF_8), new StopRequest());
    }
}
