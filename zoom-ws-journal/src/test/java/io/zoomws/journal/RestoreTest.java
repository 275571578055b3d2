package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was journaled behind a backup is lost with the disk; its sequences are not given to anything else. */
class RestoreTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(THEN);
    private static final JournalSettings ROLL_ALWAYS = new JournalSettings(1, 1 << 19, 100, Duration.ofHours(1));
    private static final long STEP = 1_000_000_000;

    @TempDir
    Path root;

    private Path data = Path.of("");
    private Path backup = Path.of("");

    @BeforeEach
    void names() {
        data = root.resolve("data");
        backup = root.resolve("backup");
    }

    /** Opened, connected, so many events, and closed unless the process is killed. */
    private void run(int events) {
        try (JournalWriter writer = JournalWriter.open(data, "main", CLOCK, ROLL_ALWAYS)) {
            for (int i = 0; i < events; i++) {
                Fixtures.appendText(
                        writer, 1, Fixtures.START_NANOS + i, Fixtures.frame(Fixtures.event("meeting.started", i)));
            }
        }
    }

    private JournalRestore.Report restore(long known) {
        return JournalRestore.restore(backup, data, Optional.empty(), name -> known, CLOCK);
    }

    private void loseJournal() throws Exception {
        Fixtures.remove(data.resolve("main/journal"));
    }

    private void loseAll() throws Exception {
        Fixtures.remove(data.resolve("main"));
    }

    private List<Long> sequences() {
        return entries().stream().map(Entry::sequence).toList();
    }

    private List<Entry> entries() {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            return Fixtures.readAll(reader);
        }
    }

    @Test
    void noSequenceEverMeansTwoEventsThoughOnlyTheBackupIsLeft() throws Exception {
        run(2); // 1 to 4
        JournalBackup.backup(data, "main", backup);
        run(3); // 5 to 9
        Set<Long> seen = new HashSet<>(sequences());
        long epoch = Journals.summary(data, "main").epoch();
        loseAll();

        assertThat(restore(0)).isEqualTo(new JournalRestore.Report("main", 1, 4, STEP + 1, 0));
        run(1);

        List<Long> now = sequences();
        assertThat(now).containsExactly(1L, 2L, 3L, 4L, STEP + 1, STEP + 2, STEP + 3);
        assertThat(now.subList(4, 7)).doesNotContainAnyElementsOf(seen);
        assertThat(Journals.summary(data, "main").epoch())
                .isEqualTo(THEN.getEpochSecond() + 1)
                .isGreaterThan(epoch);
        assertThat(Fixtures.text(entries().get(4)))
                .isEqualTo("{\"epoch\":" + (THEN.getEpochSecond() + 1) + ",\"durability\":\"strict\","
                        + "\"previousEnd\":\"restored\",\"skipped\":{\"fromSequence\":5,\"toSequence\":1000000000}}");
    }

    @Test
    void numbersGoOnBehindTheHighestThatAnybodyKnows() throws Exception {
        run(1);
        JournalBackup.backup(data, "main", backup);
        loseAll();
        Journals.cursors(data, "main").set("ahead", 2 * STEP + 7);

        assertThat(restore(0).next()).isEqualTo(3 * STEP + 1);
        loseAll();

        assertThat(restore(5 * STEP).next()).as("known from elsewhere").isEqualTo(6 * STEP + 1);
    }

    @Test
    void aCursorAtTheEndOfAllNumbersIsRefused() throws Exception {
        run(1);
        JournalBackup.backup(data, "main", backup);
        loseJournal();
        Journals.cursors(data, "main").set("mad", Long.MAX_VALUE);

        assertThatThrownBy(() -> restore(0))
                .isInstanceOf(JournalException.class)
                .hasMessage(
                        "Sequence 9223372036854775806 is known, and a journal ends at 9223372034854775807: set the cursor"
                                + " that stands there to where its consumer is, and restore again");
        assertThat(data.resolve("main/journal")).doesNotExist();
    }

    @Test
    void aCursorThatHasPassedWhatIsLostStaysAndGoesOnWithWhatComesNext() throws Exception {
        run(2);
        try (Cursor cursor = Journals.cursors(data, "main").open("ahead", true);
                Cursor other = Journals.cursors(data, "main").open("other")) {
            cursor.save(3);
            other.save(2);
            JournalBackup.backup(data, "main", backup);
            run(3);
            cursor.save(9);
        }
        Journals.cursors(data, "main").delete("other");
        loseJournal();

        restore(0);

        assertThat(Journals.cursors(data, "main").list(1, STEP + 1))
                .extracting(CursorState::name, state -> state.position().orElse(0), CursorState::condition)
                .containsExactly(
                        tuple("ahead", 9L, CursorState.Condition.OK), tuple("other", 2L, CursorState.Condition.OK));
        run(1);
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(9)) {
            assertThat(Fixtures.read(tailer, 1).get(0).sequence()).isEqualTo(STEP + 1);
        }
    }

    @Test
    void beforeItIsOpenedAgainItReadsAsTheBackupAndItsEndIsWhereItGoesOn() throws Exception {
        run(2);
        JournalBackup.backup(data, "main", backup);
        loseAll();
        restore(0);

        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L);
        JournalSummary summary = Journals.summary(data, "main");
        assertThat(summary.lastSequence()).isEqualTo(4);
        assertThat(summary.entries()).isEqualTo(4);
        assertThat(Journals.openGap(data, "main").map(OpenGap::cause))
                .contains("the journal was restored from a backup");
        assertThat(verify().sound()).isTrue();
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(reader.resolve(Position.LATEST)).isEqualTo(STEP + 1);
        }
    }

    @Test
    void theNextGapSaysThatTheJournalWasRestored() throws Exception {
        run(2);
        JournalBackup.backup(data, "main", backup);
        loseAll();
        restore(0);

        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            assertThat(writer.lastRun().map(LastRun::cause)).contains("the journal was restored from a backup");
        }
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            assertThat(writer.lastRun().map(LastRun::cause)).contains("restart");
        }
    }

    @Test
    void whatIsSkippedIsNoDamageAndCountedNowhere() throws Exception {
        run(2);
        JournalBackup.backup(data, "main", backup);
        loseAll();
        restore(0);
        run(2);
        run(1);

        JournalReport report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.skipped()).containsExactly(new SequenceRange(5, STEP));
        assertThat(report.entries()).isEqualTo(11);
        JournalSummary summary = Journals.summary(data, "main");
        assertThat(summary.entries()).isEqualTo(11);
        assertThat(summary.lastSequence()).isEqualTo(STEP + 7);
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(STEP / 2, EnumSet.of(EntryKind.EVENT), EventFilter.all())) {
            assertThat(Fixtures.read(tailer, 1).get(0).sequence()).isEqualTo(STEP + 2);
            assertThat(reader.resolve(new Position.Time(THEN.plusNanos(1)))).isGreaterThan(2);
        }
    }

    @Test
    void aRestoredJournalIsBackedUpAndRestoredAgain() throws Exception {
        run(2);
        JournalBackup.backup(data, "main", backup);
        loseAll();
        restore(0);
        JournalBackup.backup(data, "main", backup);
        run(1);
        JournalBackup.backup(data, "main", backup);
        loseAll();

        assertThat(restore(0).next()).isEqualTo(2 * STEP + 1);
        run(1);

        assertThat(sequences())
                .containsExactly(
                        1L, 2L, 3L, 4L, STEP + 1, STEP + 2, STEP + 3, 2 * STEP + 1, 2 * STEP + 2, 2 * STEP + 3);
        assertThat(verify().skipped())
                .containsExactly(new SequenceRange(5, STEP), new SequenceRange(STEP + 4, 2 * STEP));
        assertThat(verify().sound()).isTrue();
    }

    @Test
    void retentionMayRemoveAllThatLiesBeforeWhatIsSkipped() throws Exception {
        run(2);
        JournalBackup.backup(data, "main", backup);
        loseAll();
        restore(0);
        run(1);
        Retention retention = new Retention(data, "main", CLOCK);

        retention.apply(new RetentionPolicy(Optional.empty(), OptionalLong.of(1), OptionalLong.empty()), false);

        List<Long> kept = sequences();
        assertThat(kept).isNotEmpty().allMatch(sequence -> sequence > STEP);
        assertThat(Journals.summary(data, "main").entries()).isEqualTo(kept.size());
        Path second = root.resolve("second backup");
        JournalBackup.backup(data, "main", second);
        backup = second;
        run(1);
        assertThat(verify().problems()).isEmpty();
        loseAll();
        restore(0);
        assertThat(sequences()).isEqualTo(kept);
        assertThat(verify().problems()).isEmpty();
    }

    @Test
    void anEmptyBackupIsRestoredToAJournalThatGoesOnBehindWhatIsKnown() throws Exception {
        JournalBackup.backup(emptyJournal(), "main", backup);
        loseAll();
        restore(7);

        assertThat(sequences()).isEmpty();
        assertThat(Journals.openGap(data, "main")).isEmpty();
        assertThat(Journals.summary(data, "main").entries()).isZero();
        run(0);
        assertThat(sequences()).containsExactly(STEP + 1, STEP + 2);
        assertThat(Journals.summary(data, "main").entries()).isEqualTo(2);
        assertThat(verify().sound()).isTrue();
    }

    private Path emptyJournal() throws Exception {
        JournalDirectory.prepare(JournalDirectory.journal(data, "main"));
        JournalDirectory.label(JournalDirectory.journal(data, "main"));
        return data;
    }

    private JournalReport verify() {
        return JournalVerifier.verify(data, "main", (entries, all) -> true);
    }
}
