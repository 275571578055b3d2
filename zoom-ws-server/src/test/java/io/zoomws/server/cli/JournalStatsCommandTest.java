package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code journal stats} and {@code journal list}. */
@Timeout(60)
class JournalStatsCommandTest {

    private static final Instant START = Instant.parse("2026-01-01T23:30:00Z");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    /** Opened, three times a.b of which one is a repeat, an hour later c.d, two days later c.d again. */
    private JournalWriter writer() {
        Clock clock = Clock.fixed(START, ZoneOffset.UTC);
        JournalWriter writer = JournalWriter.open(directory, "main", clock, JournalSettings.DEFAULT);
        append(writer, 1, 0, "a.b", 1);
        append(writer, 2, 0, "a.b", 1);
        append(writer, 2, 1, "a.b", 2);
        append(writer, 2, 3600, "c.d", 3);
        append(writer, 2, 2 * 86_400, "c.d", 4);
        return writer;
    }

    private static void append(JournalWriter writer, long connection, long seconds, String type, int number) {
        String frame = "{\"event\":\"" + type + "\",\"event_ts\":" + number + "}";
        writer.append(
                StoredKind.TEXT_FRAME,
                connection,
                START.plusSeconds(seconds).getEpochSecond() * 1_000_000_000L,
                0,
                ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
    }

    private int run(String... arguments) {
        return CommandLineInterface.run(
                Stream.concat(Stream.of(arguments), Stream.of("--data", directory.toString()))
                        .toArray(String[]::new),
                data,
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                new StopRequest());
    }

    @Test
    void forPeopleThereAreBarsByTypeAndByDaySilentOnesIncluded() {
        writer().close();

        assertThat(run("journal", "stats", "--ascii")).isZero();

        assertThat(data).hasToString("""
                kind    count  duplicates  firstReceivedAt                 lastReceivedAt
                event   5      1           2026-01-01T23:30:00.000000000Z  2026-01-03T23:30:00.000000000Z
                opened  1      0           2026-01-01T23:30:00.000000000Z  2026-01-01T23:30:00.000000000Z
                closed  1      0           2026-01-03T23:30:00.000000000Z  2026-01-03T23:30:00.000000000Z

                event  events  duplicates  # first, - duplicate
                a.b    3       1           ################--------
                c.d    2       0           ################

                day         events  duplicates  # first, - duplicate
                2026-01-01  3       1           ################--------
                2026-01-02  1       0           ########
                2026-01-03  1       0           ########
                """);
    }

    @Test
    void jsonHasTheSameNumbersByHour() {
        writer().close();

        assertThat(run("journal", "stats", "--format", "json", "--per", "hour", "--to", "6"))
                .isZero();

        assertThat(data.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "{\"kind\":\"event\",\"event\":null,\"count\":4,\"duplicates\":1,\"firstReceivedAt\":"
                                + "\"2026-01-01T23:30:00.000000000Z\",\"lastReceivedAt\":\"2026-01-02T00:30:00.000000000Z\"}",
                        "{\"kind\":\"opened\",\"event\":null,\"count\":1,\"duplicates\":0,\"firstReceivedAt\":"
                                + "\"2026-01-01T23:30:00.000000000Z\",\"lastReceivedAt\":\"2026-01-01T23:30:00.000000000Z\"}",
                        "{\"kind\":\"event\",\"event\":\"a.b\",\"count\":3,\"duplicates\":1,\"firstReceivedAt\":"
                                + "\"2026-01-01T23:30:00.000000000Z\",\"lastReceivedAt\":\"2026-01-01T23:30:01.000000000Z\"}",
                        "{\"kind\":\"event\",\"event\":\"c.d\",\"count\":1,\"duplicates\":0,\"firstReceivedAt\":"
                                + "\"2026-01-02T00:30:00.000000000Z\",\"lastReceivedAt\":\"2026-01-02T00:30:00.000000000Z\"}",
                        "{\"per\":\"hour\",\"from\":\"2026-01-01T23:00:00.000000000Z\",\"count\":4,\"events\":3,\"duplicates\":1}",
                        "{\"per\":\"hour\",\"from\":\"2026-01-02T00:00:00.000000000Z\",\"count\":1,\"events\":1,\"duplicates\":0}");
        data.reset();
        run("journal", "stats", "--format", "json", "--per", "none");
        assertThat(data.toString(StandardCharsets.UTF_8)).doesNotContain("\"per\"");
    }

    @Test
    void barsShowSomethingOfEveryNumberButZero() {
        Bars blocks = new Bars(false, 1000);
        assertThat(blocks.bar(1000, 0)).isEqualTo("█".repeat(24));
        assertThat(blocks.bar(1000, 500)).isEqualTo("█".repeat(12) + "░".repeat(12));
        assertThat(blocks.bar(62, 0)).isEqualTo("█▌");
        assertThat(blocks.bar(1, 0)).isEqualTo("▏");
        assertThat(blocks.bar(1, 1)).isEqualTo("░");
        assertThat(blocks.bar(0, 0)).isEmpty();
        Bars ascii = new Bars(true, 0);
        assertThat(ascii.bar(0, 0)).isEmpty();
        assertThat(new Bars(true, 1000).bar(1, 1)).isEqualTo("-");
    }

    @Test
    void theListTellsHolderEpochSegmentsAndTheGapThatIsOpen() {
        writer().close();
        data.reset();
        try (JournalWriter writer = writer()) {
            assertThat(writer.status().epoch()).isEqualTo(2);
            awaitVisible(writer, 13);
            assertThat(run("journal", "list", "--format", "json")).isZero();
        }

        assertThat(data.toString(StandardCharsets.UTF_8))
                .matches(
                        "\\{\"subscription\":\"main\",\"first\":1,\"last\":13,"
                                + "\"firstReceivedAt\":\"2026-01-01T23:30:00.000000000Z\","
                                + "\"lastReceivedAt\":\"2026-01-03T23:30:00.000000000Z\",\"bytes\":\\d{4,6},\"entries\":13,"
                                + "\"segments\":2,\"epoch\":2,\"holder\":\"process \\d+ on [^\"]+\","
                                + "\"openGapSince\":\"2026-01-01T23:30:00.000000000Z\",\"openGapCause\":\"no connection yet\"}\n");
        data.reset();
        assertThat(run("journal", "list")).isZero();
        assertThat(data.toString(StandardCharsets.UTF_8))
                .contains("  14       2         2      -       2026-01-01T23:30:00.000000000Z  restart\n");
    }

    private static void awaitVisible(JournalWriter writer, long sequence) {
        while (writer.status().visibleSequence() < sequence) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aJournalThatCannotBeReadHidesNoOther() throws IOException {
        writer().close();
        JournalWriter.open(directory, "other").close();
        try (RandomAccessFile mark =
                new RandomAccessFile(directory.resolve("main/journal/durable").toFile(), "rw")) {
            mark.write(1);
        }

        assertThat(run("journal", "list", "--format", "json")).isEqualTo(1);

        assertThat(data.toString(StandardCharsets.UTF_8))
                .startsWith("{\"subscription\":\"other\"")
                .hasLineCount(1);
        assertThat(messages)
                .hasToString("zoom-ws: Cannot read " + directory + "/main/journal/durable: it is damaged; starting the"
                        + " server once writes it anew from the journal\n");
        assertThat(Files.exists(directory.resolve("main/journal/durable"))).isTrue();
    }
}
