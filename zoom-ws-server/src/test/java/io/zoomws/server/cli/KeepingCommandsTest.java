package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that keep and move a journal, on one of four segments: sequences 1 and 2, 3 and 4, 5 and 6, 7 and 8. */
@Timeout(120)
class KeepingCommandsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @BeforeEach
    void writeAJournal() {
        for (int run = 0; run < 4; run++) {
            JournalWriter.open(directory, "main", CLOCK, JournalSettings.DEFAULT)
                    .close();
        }
    }

    private int run(String... arguments) {
        data.reset();
        messages.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", directory.toString()));
        return CommandLineInterface.run(
                all.toArray(String[]::new),
                data,
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                new StopRequest());
    }

    private void save(String name, long position, boolean required) {
        try (Cursor cursor = Journals.cursors(directory, "main").open(name, required)) {
            cursor.save(position);
        }
    }

    @Test
    void aPruneIsPreviewedAndThenDone() {
        save("slow", 2, false);
        save("needed", 5, true);

        assertThat(run("journal", "prune", "--older-than", "1d", "--dry-run", "--format", "json"))
                .isZero();
        String rows = data.toString(StandardCharsets.UTF_8);
        assertThat(rows.lines().map(line -> line.replaceAll("\"bytes\":\\d+", "\"bytes\":N")))
                .containsExactly(
                        "{\"kind\":\"segment\",\"name\":\"1\",\"first\":1,\"last\":2,"
                                + "\"firstReceivedAt\":\"2026-01-01T00:00:00.000000000Z\","
                                + "\"lastReceivedAt\":\"2026-01-01T00:00:00.000000000Z\",\"bytes\":N}",
                        "{\"kind\":\"segment\",\"name\":\"2\",\"first\":3,\"last\":4,"
                                + "\"firstReceivedAt\":\"2026-01-01T00:00:00.000000000Z\","
                                + "\"lastReceivedAt\":\"2026-01-01T00:00:00.000000000Z\",\"bytes\":N}",
                        "{\"kind\":\"lost\",\"name\":\"slow\",\"first\":2,\"last\":4,\"firstReceivedAt\":null,"
                                + "\"lastReceivedAt\":null,\"bytes\":null}",
                        "{\"kind\":\"held-back\",\"name\":\"needed\",\"first\":5,\"last\":null,\"firstReceivedAt\":null,"
                                + "\"lastReceivedAt\":null,\"bytes\":null}");
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .matches("zoom-ws: would remove sequences 1 to 4 from the journal of main: 2 segments, \\d+ bytes\n"
                        + "zoom-ws: WARN: the consumer of the cursor slow would lose sequences 2 to 4, which it has not"
                        + " handled\n"
                        + "zoom-ws: the cursor needed is required and keeps more from being removed: let its consumer"
                        + " catch up, or say --past-required to lose what it has not handled\n");
        assertThat(first()).isEqualTo(1);

        run("journal", "prune", "--older-than", "1d", "--format", "json");
        assertThat(data).hasToString(rows);
        assertThat(first()).isEqualTo(5);
        assertThat(run("cursors", "list")).isZero();
        assertThat(data.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "name position lag required condition holder",
                        "needed 5 4 true ok -",
                        "slow 2 7 false too old -");

        assertThat(run("journal", "prune", "--larger-than", "0B", "--past-required"))
                .isZero();
        assertThat(first()).isEqualTo(7);
        assertThat(run("journal", "prune", "--keep-free", "1B")).isZero();
        assertThat(messages).hasToString("zoom-ws: removed nothing from the journal of main\n");
    }

    private long first() {
        try (JournalReader reader = Journals.openReader(directory, "main")) {
            return reader.resolve(Position.EARLIEST);
        }
    }

    @Test
    void wrongUsageIsOneLineAndChangesNothing() {
        assertThat(run("journal", "prune")).isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith("zoom-ws: say what to remove: --older-than, --larger-than or --keep-free\n");
        assertThat(run("journal", "prune", "--larger-than", "much")).isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "zoom-ws: Invalid value for option '--larger-than': 'much' is no size: use a number with B, KB,"
                                + " MB, GB or TB such as 16MB\n");
        assertThat(run("journal", "prune", "--older-than", "30")).isEqualTo(2);
        assertThat(run("cursors", "set", "mine")).isEqualTo(2);
        assertThat(run("cursors", "set", "../mine", "1")).isEqualTo(2);
        assertThat(run("cursors", "set", "mine", "yesterday")).isEqualTo(2);
        assertThat(run("cursors", "delete", "mine")).isEqualTo(1);
        assertThat(messages)
                .hasToString("zoom-ws: There is no cursor 'mine' in " + directory.resolve("main/cursors")
                        + ": 'zoom-ws cursors list' names those there are\n");
        assertThat(first()).isEqualTo(1);
        assertThat(directory.resolve("main/cursors/mine")).doesNotExist();
    }

    @Test
    void aCursorIsSetOnlyToWhatIsThereOrComesNext() {
        run("journal", "prune", "--larger-than", "0B");
        for (String outside : List.of("6", "10")) {
            assertThat(run("cursors", "set", "mine", outside)).isEqualTo(1);
            assertThat(messages)
                    .hasToString("zoom-ws: sequence " + outside
                            + " is not in the journal of main, which holds 7 to 8: use 7 to 9, earliest or latest\n");
        }
        for (String[] allowed :
                new String[][] {{"earliest", "7"}, {"8", "8"}, {"latest", "9"}, {"2025-01-01T00:00:00Z", "7"}}) {
            assertThat(run("cursors", "set", "mine", allowed[0], "--required", "true"))
                    .isZero();
            assertThat(messages)
                    .hasToString("zoom-ws: the cursor mine stands at sequence " + allowed[1]
                            + "\nzoom-ws: retention waits for the cursor mine\n");
        }
        assertThat(run("cursors", "set", "mine", "--required", "false")).isZero();
        assertThat(run("cursors", "copy", "mine", "yours")).isZero();
        assertThat(run("cursors", "copy", "mine", "yours")).isEqualTo(1);
        assertThat(run("cursors", "copy", "mine", "yours", "--force")).isZero();
        assertThat(run("cursors", "delete", "mine")).isZero();
        run("cursors", "list", "--format", "json");
        assertThat(data)
                .hasToString("{\"name\":\"yours\",\"position\":7,\"lag\":2,\"required\":false,\"condition\":\"ok\","
                        + "\"holder\":null}\n");
    }

    @Test
    void aCursorThatIsHeldIsLeftAloneAndItsHolderNamed() {
        save("mine", 2, false);
        try (Cursor held = Journals.cursors(directory, "main").open("mine")) {
            assertThat(run("cursors", "set", "mine", "earliest")).isEqualTo(1);
            assertThat(messages.toString(StandardCharsets.UTF_8))
                    .startsWith("zoom-ws: The cursor 'mine' in " + directory.resolve("main/cursors")
                            + " is in use by process " + ProcessHandle.current().pid() + " on ")
                    .hasLineCount(1);
            run("cursors", "list", "--format", "json");
            assertThat(data.toString(StandardCharsets.UTF_8))
                    .contains("\"holder\":\"process " + ProcessHandle.current().pid() + " on ");
            assertThat(held.position()).hasValue(2);
        }
    }

    @Test
    void aBackupBesideTheWriterIsRestoredToWhereThereIsNone() throws Exception {
        save("mine", 2, false);
        Path backup = directory.resolve("backup");
        try (JournalWriter writer = JournalWriter.open(directory, "main", CLOCK, JournalSettings.DEFAULT)) {
            writer.append(StoredKind.CONTROL_NOTE, 0, 0, 0, ByteBuffer.wrap(new byte[] {'{', '}'}));
            assertThat(run("journal", "backup", backup.toString())).isZero();
            assertThat(messages.toString(StandardCharsets.UTF_8))
                    .matches("zoom-ws: \\Q" + backup
                            + "\\E holds the journal of main up to sequence (9|10): 5 segments, 5 of them copied now"
                            + " \\(\\d+ bytes\\)\n");
        }
        assertThat(run("journal", "restore", backup.toString())).isEqualTo(1);
        assertThat(messages)
                .hasToString(
                        "zoom-ws: There is something at " + directory.resolve("main/journal")
                                + " already, and nothing is overwritten: move it away, or name another data directory, or another --subscription\n");
        assertThat(run("journal", "restore", backup.toString(), "--subscription", "../x"))
                .isEqualTo(2);
        assertThat(run("journal", "restore", directory.toString())).isEqualTo(1);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .startsWith("zoom-ws: " + directory + " is no complete backup: it has no manifest.")
                .hasLineCount(1);

        assertThat(run("journal", "restore", backup.toString(), "--subscription", "again"))
                .isZero();
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .matches("zoom-ws: restored the journal of again to \\Q" + directory
                        + "\\E: sequences 1 to (9|10), 1 cursors; it goes on at sequence 1000000001\n");
        assertThat(Files.exists(directory.resolve("again/cursors/mine"))).isTrue();
        run("journal", "stats", "--subscription", "again", "--format", "json");
        assertThat(data.toString(StandardCharsets.UTF_8)).contains("\"kind\":\"opened\",\"event\":null,\"count\":5,");
    }
}
