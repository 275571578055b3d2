package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal of five segments with one entry each, a minute apart, and a sixth with how the run ended. */
@Timeout(120)
class RetentionTest {

    private static final Clock CLOCK = Clock.fixed(Times.instant(Fixtures.START_NANOS), ZoneOffset.UTC);
    private static final JournalSettings ROLL_ALWAYS = new JournalSettings(1 << 20, 1, 100, Duration.ofHours(1));
    private static final RetentionPolicy EVERYTHING =
            new RetentionPolicy(Optional.of(Duration.ZERO), OptionalLong.empty(), OptionalLong.empty());

    /** Long after. */
    private static final Clock LATER = Clock.offset(CLOCK, Duration.ofDays(1));

    @TempDir
    Path root;

    private Path data = Path.of("");
    private List<String> before = List.of();

    @BeforeEach
    void writeAJournal() throws Exception {
        data = root.resolve("data");
        try (JournalWriter writer = JournalWriter.open(data, "main", CLOCK, ROLL_ALWAYS);
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(2)) {
            for (int i = 2; i <= 5; i++) {
                append(writer, i);
                Fixtures.read(tailer, 1);
            }
        }
        before = texts(1);
        assertThat(Segment.list(journal())).extracting(Segment::firstSequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    private static void append(JournalWriter writer, int minute) {
        long at = Fixtures.START_NANOS + Duration.ofMinutes(minute - 1L).toNanos();
        Fixtures.appendText(writer, 1, at, Fixtures.frame(Fixtures.event("a.b", minute)));
    }

    private Path journal() {
        return data.resolve("main/journal");
    }

    private Retention retention() {
        return new Retention(data, "main", LATER);
    }

    private List<String> texts(long from) {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<String> texts = new ArrayList<>();
            for (Entry entry : Fixtures.readAll(reader)) {
                if (entry.sequence() >= from) {
                    texts.add(entry.sequence() + " " + entry.kind() + " " + Fixtures.text(entry));
                }
            }
            return texts;
        }
    }

    private long earliest() {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            return reader.resolve(Position.EARLIEST);
        }
    }

    private static RetentionPolicy age(Duration age) {
        return new RetentionPolicy(Optional.of(age), OptionalLong.empty(), OptionalLong.empty());
    }

    @Test
    void whatIsOlderGoesAndTheNumbersGoOn() {
        Retention retention = new Retention(data, "main", Clock.offset(CLOCK, Duration.ofMinutes(10)));
        RetentionPolicy policy = age(Duration.ofMinutes(7).plusSeconds(30));

        RetentionReport preview = retention.preview(policy, false);
        assertThat(texts(1)).isEqualTo(before);
        assertThat(retention.apply(policy, false)).isEqualTo(preview);

        assertThat(preview.segments())
                .extracting(RetentionReport.RemovedSegment::first)
                .containsExactly(1L, 2L, 3L);
        assertThat(preview.segments().get(1).lastReceivedAt())
                .contains(CLOCK.instant().plus(Duration.ofMinutes(1)));
        assertThat(preview.bytes()).isPositive();
        assertThat(preview.oldestLeft()).hasValue(4);
        assertThat(texts(1)).isEqualTo(before.subList(3, before.size()));
        try (JournalWriter writer = JournalWriter.open(data, "main", LATER, ROLL_ALWAYS)) {
            assertThat(writer.status().epoch()).isEqualTo(2);
            assertThat(writer.status().durableSequence()).isEqualTo(7);
            assertThat(writer.lastRun().map(LastRun::endedInOrder)).contains(true);
        }
        assertThat(texts(1)).hasSize(5).startsWith(before.get(3)).noneMatch(text -> text.contains("QUARANTINE"));
        assertThat(retention.apply(policy, false).segments()).isEmpty();
    }

    @Test
    void theOldestGoUntilTheRestIsNotLarger() {
        List<RetentionReport.RemovedSegment> five =
                retention().preview(EVERYTHING, false).segments();
        long largest = five.stream()
                .mapToLong(RetentionReport.RemovedSegment::bytes)
                .max()
                .orElseThrow();
        assertThat(five).allSatisfy(segment -> assertThat(segment.bytes()).isBetween(1L << 10, 32L << 10));

        // Six are there, of nearly the same size.
        RetentionReport report = retention().apply(sizes(OptionalLong.of(4 * largest), OptionalLong.empty()), false);

        assertThat(report.segments()).hasSize(2);
    }

    private static RetentionPolicy sizes(OptionalLong most, OptionalLong free) {
        return new RetentionPolicy(Optional.empty(), most, free);
    }

    @Test
    void spaceIsFreedAsFarAsItGoesButTheNewestEntryStays() {
        RetentionReport report = retention().apply(sizes(OptionalLong.empty(), OptionalLong.of(Long.MAX_VALUE)), false);

        assertThat(report.segments()).hasSize(5);
        assertThat(texts(1)).isEqualTo(before.subList(5, 6));
        assertThat(retention()
                        .apply(sizes(OptionalLong.empty(), OptionalLong.of(1)), false)
                        .segments())
                .isEmpty();
    }

    @Test
    void besideAWriterTheSegmentWithTheNewestEntryStaysAndReadersReadOn() throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main", LATER, ROLL_ALWAYS);
                JournalReader reader = writer.reader();
                Tailer slow = reader.tail(1);
                Tailer fast = reader.tail(7)) {
            assertThat(slow.poll()).isNotNull();
            append(writer, 3000);
            Fixtures.read(fast, 2);

            Retention muchLater = new Retention(data, "main", Clock.offset(LATER, Duration.ofDays(30)));
            assertThat(muchLater.apply(EVERYTHING, false).oldestLeft()).hasValue(8);

            assertThat(reader.resolve(Position.EARLIEST)).isEqualTo(8);
            assertThatThrownBy(slow::poll)
                    .isInstanceOf(JournalException.class)
                    .hasMessage("Sequence 2 of " + journal() + " is gone: the segment that held it was removed while it"
                            + " was read. Continue at earliest.");
            append(writer, 3001);
            assertThat(Fixtures.read(fast, 1)).extracting(Entry::sequence).containsExactly(9L);
            try (Tailer again = reader.tail(2)) {
                assertThat(Fixtures.read(again, 2)).extracting(Entry::sequence).containsExactly(8L, 9L);
            }
        }
    }

    @Test
    void aReaderReadsTheSegmentThatItHasOpenToItsEnd() throws Exception {
        int entries = 1000;
        data = root.resolve("long");
        try (JournalWriter writer = JournalWriter.open(data, "main", CLOCK, JournalSettings.DEFAULT)) {
            for (int i = 2; i <= entries; i++) {
                append(writer, i);
            }
        }
        JournalWriter.open(data, "main", CLOCK, JournalSettings.DEFAULT).close();
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1)) {
            Fixtures.read(tailer, 1);
            assertThat(retention().apply(EVERYTHING, false).segments()).hasSize(1);
            assertThat(Segment.listAll(journal())).hasSize(1);

            List<Entry> rest = Fixtures.read(tailer, entries + 2);

            assertThat(rest).noneMatch(entry -> entry.kind() == EntryKind.QUARANTINE);
            assertThat(rest.get(entries + 1).sequence()).isEqualTo(entries + 3L);
        }
    }

    @Test
    void anEmptySegmentBehindTheNewestEntryIsNotTakenForTheNewest() throws Exception {
        Files.createDirectory(Segment.of(journal(), 7, 7).directory()); // a writer died before its first entry

        assertThat(retention().apply(EVERYTHING, false).oldestLeft()).hasValue(6);

        try (JournalWriter writer = JournalWriter.open(data, "main", LATER, ROLL_ALWAYS)) {
            assertThat(writer.lastRun()).isPresent();
        }
    }

    @Test
    void aRequiredCursorIsWaitedForAndOthersLoseWhatTheyHaveNotHandled() {
        CursorStore cursors = Journals.cursors(data, "main");
        try (Cursor required = cursors.open("required", true);
                Cursor slow = cursors.open("slow")) {
            required.save(4);
            slow.save(2);
        }

        RetentionReport held = retention().apply(EVERYTHING, false);
        assertThat(held.oldestLeft()).hasValue(4);
        assertThat(held.heldBack()).contains(new RetentionReport.HeldBack("required", OptionalLong.of(4)));
        assertThat(held.losses()).containsExactly(new RetentionReport.Loss("slow", 2, 3));
        assertThat(cursors.list(4, 7))
                .extracting(CursorState::condition)
                .containsExactly(CursorState.Condition.OK, CursorState.Condition.TOO_OLD);

        RetentionReport past = retention().apply(EVERYTHING, true);
        assertThat(past.oldestLeft()).hasValue(6);
        assertThat(past.heldBack()).isEmpty();
        assertThat(past.losses())
                .containsExactly(new RetentionReport.Loss("required", 4, 5), new RetentionReport.Loss("slow", 4, 5));
    }

    @Test
    void aRequiredCursorWhosePositionIsLostKeepsEverything() throws Exception {
        try (Cursor required = Journals.cursors(data, "main").open("required", true)) {
            required.save(4);
        }
        Files.delete(data.resolve("main/cursors/required"));

        RetentionReport report = retention().apply(EVERYTHING, false);

        assertThat(report.segments()).isEmpty();
        assertThat(report.heldBack()).contains(new RetentionReport.HeldBack("required", OptionalLong.empty()));
    }

    /** Thrown where a kill would be. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void aKillAfterAnyChangeOnDiskLeavesAJournalThatOpensAndIsCompletedLater() throws Exception {
        retention().apply(age(Duration.ofDays(1).minus(Duration.ofSeconds(150))), false);
        Path image = root.resolve("image");
        copy(data, image);
        assertThat(earliest()).isEqualTo(4);
        int steps = 0;
        for (boolean done = false; !done; steps++) {
            data = root.resolve("kill-" + steps);
            copy(image, data);
            done = removeUntilKilled(steps);

            assertThat(earliest()).as("killed at step %d", steps).isEqualTo(6);
            assertThat(texts(1)).as("killed at step %d", steps).isEqualTo(before.subList(5, 6));
            Path other = root.resolve("again-" + steps);
            copy(data, other);

            recover();
            assertThat(texts(1)).as("opened after step %d", steps).isEqualTo(before.subList(5, 6));
            assertThat(leftovers()).as("opened after step %d", steps).isEmpty();

            data = other;
            assertThat(retention().apply(EVERYTHING, false).segments()).isEmpty();
            assertThat(texts(1)).as("removed after step %d", steps).isEqualTo(before.subList(5, 6));
            assertThat(leftovers()).as("removed after step %d", steps).isEmpty();
        }
        // The record; then for each of two segments a name, four files and the directory.
        assertThat(steps - 1).isEqualTo(1 + 2 * 6);
        JournalWriter.open(data, "main", LATER, ROLL_ALWAYS).close();
        assertThat(texts(1)).hasSize(3).startsWith(before.get(5));
    }

    /** What opening does before it writes. */
    private void recover() throws IOException {
        Deriver deriver = new Deriver(new DuplicateWindow(100, Duration.ofHours(1)));
        Recovery.Result result = new Recovery(journal(), deriver, Barrier.FORCE).run();
        assertThat(result.lastSequence()).isEqualTo(6);
        assertThat(result.epoch()).isEqualTo(1);
        assertThat(result.nextSegment()).isEqualTo(7);
        assertThat(result.beganAtNanos()).isEqualTo(Fixtures.START_NANOS);
        assertThat(result.damages()).isEmpty();
    }

    private boolean removeUntilKilled(int steps) {
        int[] left = {steps};
        Retention retention = new Retention(data, "main", LATER, () -> {
            if (left[0]-- == 0) {
                throw new Killed();
            }
        });
        try {
            retention.apply(EVERYTHING, false);
            return true;
        } catch (Killed e) {
            return false;
        }
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(journal())) {
            return files.filter(file -> file.toString().endsWith(".gone")
                            || file.getFileName().toString().startsWith("00000004"))
                    .toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void firstSegmentsThatAreMissingWithoutHavingBeenRemovedAreDamage() throws Exception {
        retention().apply(age(Duration.ofDays(1).minus(Duration.ofSeconds(90))), false);
        assertThat(earliest()).isEqualTo(3);
        Directories.delete(Segment.list(journal()).get(0).directory());

        assertThat(earliest()).isEqualTo(3);
        assertThat(texts(1)).hasSize(4).first().asString().startsWith("3 QUARANTINE");
        JournalWriter.open(data, "main", LATER, ROLL_ALWAYS).close();
        assertThat(texts(7)).anyMatch(text -> text.contains("QUARANTINE {\"fromSequence\":3,\"toSequence\":3,"));

        assertThat(retention().apply(EVERYTHING, false).oldestLeft()).isPresent();
        assertThat(texts(1)).noneMatch(text -> text.startsWith("3 "));
    }

    @Test
    void aDamagedRecordOfWhatWasRemovedCostsNothing() throws Exception {
        retention().apply(age(Duration.ofDays(1).minus(Duration.ofSeconds(90))), false);
        Path record = journal().resolve("removed");
        byte[] content = Files.readAllBytes(record);
        content[9] ^= 1;
        Files.write(record, content);

        assertThat(texts(1)).isEqualTo(before.subList(2, 6));
        JournalWriter.open(data, "main", LATER, ROLL_ALWAYS).close();
        assertThat(texts(1)).hasSize(6).noneMatch(text -> text.contains("QUARANTINE"));
    }

    @Test
    void withoutAnyConnectionEverTheGapStillReachesBackToTheVeryFirstEntry() {
        Instant first = CLOCK.instant();
        assertThat(Journals.openGap(data, "main").map(OpenGap::from)).contains(first);

        retention().apply(EVERYTHING, false);

        assertThat(Journals.openGap(data, "main").map(OpenGap::from)).contains(first);
        try (JournalWriter writer = JournalWriter.open(data, "main", LATER, ROLL_ALWAYS)) {
            assertThat(writer.lastRun().map(LastRun::provenUntilNanos)).contains(Fixtures.START_NANOS);
        }
    }

    /** What a full disk refuses is a new block; these are there, and the file in place is exchanged without one. */
    @Test
    void whatRemovingWritesHasItsPlaceOnTheDiskBefore() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(journal().resolve(".removed.new")).exists();
            assertThat(journal().resolve("retention.lock")).isNotEmptyFile();
            retention().apply(i == 0 ? age(Duration.ofDays(1).minus(Duration.ofSeconds(90))) : EVERYTHING, false);
        }
        assertThat(Removed.read(journal()).before()).isEqualTo(6);
        assertThat(journal().resolve(".removed.new")).exists();
    }

    @Test
    void aJournalThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new Retention(data, "other", LATER)).isInstanceOf(JournalException.class);
    }
}
