package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BackupTest {

    private static final Clock CLOCK = Clock.fixed(Times.instant(Fixtures.START_NANOS), ZoneOffset.UTC);
    private static final Clock LATER = Clock.offset(CLOCK, Duration.ofDays(1));
    private static final JournalSettings ROLL_ALWAYS = new JournalSettings(1 << 20, 1, 100, Duration.ofHours(1));

    @TempDir
    Path root;

    private Path data = Path.of("");
    private Path target = Path.of("");
    private Path restored = Path.of("");

    @BeforeEach
    void names() {
        data = root.resolve("data");
        target = root.resolve("backups/main");
        restored = root.resolve("restored");
    }

    /** One segment for each entry, and one for CLOSED. */
    private void writeAJournal(int... numbers) throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main", CLOCK, ROLL_ALWAYS);
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(reader.resolve(Position.LATEST))) {
            for (int number : numbers) {
                Fixtures.appendText(writer, 1, Fixtures.START_NANOS, Fixtures.frame(Fixtures.event("a.b", number)));
                Fixtures.read(tailer, 1);
            }
        }
    }

    private static List<String> texts(Path data) {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            return Fixtures.readAll(reader).stream()
                    .map(entry -> entry.sequence() + " " + entry.kind() + " " + entry.receivedAt() + " "
                            + Fixtures.text(entry))
                    .toList();
        }
    }

    private JournalBackup.Report backup() {
        return JournalBackup.backup(data, "main", target);
    }

    private JournalRestore.Report restore() {
        return JournalRestore.restore(target, restored, Optional.empty(), name -> 0, CLOCK);
    }

    @Test
    void whatWasDurableBesideARunningWriterIsRestoredAndGoesOn() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (JournalWriter writer = JournalWriter.open(
                data, "main", CLOCK, new JournalSettings(1 << 20, 256 << 10, 100, Duration.ofHours(1)))) {
            Thread appending = new Thread(() -> {
                for (int i = 0; !stop.get(); i++) {
                    while (writer.status().pendingBytes() > 1 << 19) {
                        Thread.onSpinWait();
                    }
                    Fixtures.appendText(writer, 1, Fixtures.START_NANOS + i, Oracle.frameAt(1, i));
                }
            });
            appending.start();
            try {
                for (int i = 0; i < 3; i++) {
                    long visible = awaitVisible(writer, writer.status().visibleSequence() + 150);
                    assertThat(backup().last()).isGreaterThanOrEqualTo(visible);
                }
            } finally {
                stop.set(true);
                JournalWriter.joinUninterruptibly(appending);
            }
        }
        long last = restore().last();

        List<String> all = texts(data);
        assertThat(last).isBetween(450L, (long) all.size());
        assertThat(texts(restored)).isEqualTo(all.subList(0, (int) last));
        try (JournalWriter writer = JournalWriter.open(restored, "main", LATER, ROLL_ALWAYS)) {
            assertThat(writer.status().epoch()).isEqualTo(CLOCK.instant().getEpochSecond() + 1);
            assertThat(writer.status().durableSequence()).isEqualTo(1_000_000_001);
            assertThat(writer.lastRun().map(LastRun::endedInOrder)).contains(false);
        }
        assertThat(texts(restored)).hasSize((int) last + 2).startsWith(all.get(0));
    }

    private static long awaitVisible(JournalWriter writer, long sequence) {
        while (writer.status().visibleSequence() < sequence) {
            Thread.onSpinWait();
        }
        return writer.status().visibleSequence();
    }

    @Test
    void onlyWhatIsNewIsCopiedAgain() throws Exception {
        writeAJournal(2, 3);
        JournalBackup.Report first = backup();
        assertThat(first).extracting(JournalBackup.Report::segments).isEqualTo(4);
        assertThat(first.copied()).isEqualTo(4);
        assertThat(first.bytes()).isPositive();
        assertThat(backup()).isEqualTo(new JournalBackup.Report("main", 4, 4, 0, 0, 0));

        writeAJournal(4);
        assertThat(backup()).extracting(JournalBackup.Report::copied).isEqualTo(3);

        restore();
        assertThat(texts(restored)).isEqualTo(texts(data)).hasSize(7);
    }

    @Test
    void whatRetentionRemovedLeavesTheBackupTooAndTheRestoredJournalKnows() throws Exception {
        writeAJournal(2, 3);
        backup();
        new Retention(data, "main", LATER)
                .apply(new RetentionPolicy(Optional.empty(), OptionalLong.of(0), OptionalLong.empty()), false);

        assertThat(backup()).isEqualTo(new JournalBackup.Report("main", 4, 1, 0, 0, 0));
        assertThat(names(target.resolve("segments"))).hasSize(1);
        assertThat(restore()).isEqualTo(new JournalRestore.Report("main", 4, 4, 1_000_000_001, 0));
        assertThat(texts(restored)).isEqualTo(texts(data)).hasSize(1);
        assertThat(Removed.read(restored.resolve("main/journal"))).isEqualTo(new Removed(4, Fixtures.START_NANOS));
    }

    @Test
    void cursorsComeWithItAndWhatWasLostStaysLost() throws Exception {
        writeAJournal(2);
        CursorStore cursors = Journals.cursors(data, "main");
        for (String name : List.of("lost", "good")) {
            try (Cursor cursor = cursors.open(name, name.equals("good"))) {
                cursor.save(2);
            }
        }
        Files.delete(data.resolve("main/cursors/lost"));

        backup();
        restore();

        assertThat(Journals.cursors(restored, "main").list(1, 4))
                .isEqualTo(cursors.list(1, 4))
                .extracting(CursorState::condition)
                .containsExactly(CursorState.Condition.OK, CursorState.Condition.LOST);
    }

    @Test
    void aBackupThatWasCutShortIsNoneAndGoesOnWhereItWas() throws Exception {
        writeAJournal(2, 3);
        backup();
        // Before the manifest, the last copy under its working name.
        Path manifest = target.resolve("manifest");
        Files.delete(manifest);
        List<String> copies = names(target.resolve("segments"));
        Path last = target.resolve("segments").resolve(copies.get(3));
        Files.move(last, last.resolveSibling(last.getFileName() + ".new"));

        assertThatThrownBy(this::restore)
                .isInstanceOf(JournalException.class)
                .hasMessage(
                        target + " is no complete backup: it has no manifest. Name the directory that 'zoom-ws journal"
                                + " backup' wrote to, or let that come to its end.");
        assertThat(restored).doesNotExist();

        assertThat(backup()).extracting(JournalBackup.Report::copied).isEqualTo(1);
        assertThat(names(target.resolve("segments"))).isEqualTo(copies);
        restore();
        assertThat(texts(restored)).isEqualTo(texts(data));
    }

    @Test
    void theBackupBeforeStaysWholeUntilTheNewOneIsComplete() throws Exception {
        writeAJournal(2);
        List<String> then = texts(data);
        backup();
        byte[] manifest = Files.readAllBytes(target.resolve("manifest"));
        // As at a kill just before the manifest is replaced; what it names must not be deleted before.
        Path kept = root.resolve("kept");
        RetentionTest.copy(target, kept);
        writeAJournal(3);
        backup();
        for (String copy : names(target.resolve("segments"))) {
            if (!Files.exists(kept.resolve("segments").resolve(copy))) {
                RetentionTest.copy(
                        target.resolve("segments").resolve(copy),
                        kept.resolve("segments").resolve(copy));
            }
        }
        assertThat(kept.resolve("manifest")).hasBinaryContent(manifest);
        target = kept;

        restore();

        assertThat(texts(restored)).isEqualTo(then);
    }

    @Test
    void damageInTheBackupIsFoundBeforeAnythingHasItsName() throws Exception {
        writeAJournal(2);
        backup();
        Path manifest = target.resolve("manifest");
        byte[] good = Files.readAllBytes(manifest);
        for (int i = 0; i < good.length; i += 11) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(manifest, bad);
            assertThatThrownBy(() -> BackupManifest.read(target))
                    .as("byte %d", i)
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith(manifest + " is damaged");
        }
        assertThatThrownBy(this::restore).isInstanceOf(JournalException.class);
        assertThat(restored).doesNotExist();
        Files.write(manifest, good);
        Path index = target.resolve("segments")
                .resolve(names(target.resolve("segments")).get(1))
                .resolve("index");
        byte[] content = Files.readAllBytes(index);
        content[content.length - 1] ^= 1;
        Files.write(index, content);
        assertThatThrownBy(this::restore)
                .isInstanceOf(JournalException.class)
                .hasMessage(
                        index + " is missing or damaged: nothing was restored. Use another backup, or make one anew.");
        assertThat(restored.resolve("main")).doesNotExist();
        assertThat(Journals.subscriptions(restored)).isEmpty();

        content[content.length - 1] ^= 1;
        Files.write(index, content);
        restore();
        assertThat(texts(restored)).isEqualTo(texts(data));
        assertThat(names(restored)).containsExactly("main");
    }

    @Test
    void nothingIsOverwrittenByARestore() throws Exception {
        writeAJournal(2);
        backup();
        restore();
        List<String> there = texts(restored);

        assertThatThrownBy(this::restore)
                .isInstanceOf(JournalException.class)
                .hasMessage(
                        "There is something at " + restored.resolve("main/journal")
                                + " already, and nothing is overwritten: move it away, or name another data directory, or another --subscription");
        assertThat(texts(restored)).isEqualTo(there);
        assertThat(JournalRestore.restore(target, restored, Optional.of("second"), name -> 0, CLOCK))
                .extracting(JournalRestore.Report::subscription)
                .isEqualTo("second");
    }

    @Test
    void aTargetThatHoldsSomethingElseIsLeftAlone() throws Exception {
        writeAJournal(2);
        Path strange = Files.createDirectories(root.resolve("strange"));
        Files.writeString(strange.resolve("note"), "mine");
        assertThatThrownBy(() -> JournalBackup.backup(data, "main", strange))
                .isInstanceOf(JournalException.class)
                .hasMessage(strange + " is not a backup and not empty: name a new directory, or an earlier backup");
        assertThat(names(strange)).containsExactly("note");

        backup();
        data = root.resolve("other");
        writeAJournal(3);
        byte[] manifest = Files.readAllBytes(target.resolve("manifest"));
        assertThatThrownBy(this::backup)
                .isInstanceOf(JournalException.class)
                .hasMessageEndingWith("it is of another journal. Nothing was changed; name a new directory.");
        writeAJournal(); // the same names are there, and more
        Directories.delete(Segment.list(data.resolve("main/journal")).get(1).directory());
        assertThatThrownBy(this::backup)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("though it was not removed by retention");
        JournalRestore.restore(target, data, Optional.of("second"), name -> 0, CLOCK);
        assertThatThrownBy(() -> JournalBackup.backup(data, "second", target))
                .hasMessage(target + " holds a backup of 'main', not of 'second': name a new directory");
        assertThat(target.resolve("manifest")).hasBinaryContent(manifest);
    }

    @Test
    void damageOfTheJournalIsCountedAndTheGoodCopyKept() throws Exception {
        writeAJournal(2, 3);
        backup();
        Segment segment = Segment.list(data.resolve("main/journal")).get(1);
        flip(segment.requireData(), segment);

        assertThat(backup()).isEqualTo(new JournalBackup.Report("main", 4, 4, 0, 0, 0));
        target = root.resolve("late");
        assertThat(backup()).extracting(JournalBackup.Report::damaged).isEqualTo(1L);
        restore();
        assertThat(texts(restored)).isEqualTo(texts(data)).hasSize(4);
    }

    private static void flip(Path file, Segment segment) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try (IndexFile index = IndexFile.read(segment)) {
            content[(int) index.require(segment.firstSequence()).position() + Envelope.HEADER_BYTES] ^= 1;
        }
        Files.write(file, content);
    }

    @Test
    void aCopyThatRottedIsNamed() throws Exception {
        writeAJournal(2);
        backup();
        Path copy = target.resolve("segments")
                .resolve(names(target.resolve("segments")).get(1));
        Files.write(copy.resolve("19700101.cq4"), new byte[100]);

        assertThatThrownBy(this::backup)
                .isInstanceOf(JournalException.class)
                .hasMessage("The copy " + copy
                        + " is damaged: delete that directory and run this again, and it is copied anew");
        Directories.delete(copy);
        backup();
        restore();
        assertThat(texts(restored)).isEqualTo(texts(data));
    }

    @Test
    void whatIsMadeIsForItsOwnerOnly() throws Exception {
        writeAJournal(2);
        backup();
        restore();

        for (Path directory : List.of(target, target.resolve("segments"), restored.resolve("main"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aKilledWritersSparseFileIsSmallInTheBackup() throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main", CLOCK, JournalSettings.DEFAULT)) {
            assertThat(writer.status().durableSequence()).isEqualTo(1);
            assertThat(backup().bytes()).isLessThan(1 << 20);
        }
        assertThat(texts(data)).hasSize(2);
        restore();
        assertThat(texts(restored)).hasSize(1);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
