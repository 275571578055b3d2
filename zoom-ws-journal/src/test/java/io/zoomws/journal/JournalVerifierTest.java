package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sound journal of three segments, and what is said when something of it is changed. */
@Timeout(60)
class JournalVerifierTest {

    private static final Clock CLOCK = Clock.fixed(Times.instant(Fixtures.START_NANOS), ZoneOffset.UTC);
    private static final int RUNS = 3;

    @TempDir
    static Path sound;

    @TempDir
    Path data;

    private final long newest = 12 * RUNS;
    private Path journal = Path.of("");
    private List<Segment> segments = List.of();

    @BeforeAll
    static void writeAJournal() {
        for (int run = 0; run < RUNS; run++) {
            try (JournalWriter writer = open(sound)) {
                for (int i = 0; i < 10; i++) {
                    Fixtures.appendText(
                            writer, 1, Fixtures.START_NANOS + i, Fixtures.frame(Fixtures.event("a.b", 10 * run + i)));
                }
            }
        }
        try (Cursor cursor = Journals.cursors(sound, "main").open("mine")) {
            cursor.save(7);
        }
    }

    @BeforeEach
    void copyIt() throws IOException {
        copy(sound.resolve("main"), data.resolve("main"));
        journal = data.resolve("main/journal");
        segments = Segment.list(journal);
    }

    private static JournalWriter open(Path directory) {
        return JournalWriter.open(directory, "main", CLOCK, JournalSettings.DEFAULT);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private JournalReport verify() {
        return JournalVerifier.verify(data, "main", (entries, all) -> true);
    }

    /** What is wrong, with the file relative to the subscription's directory. */
    private List<String> problems() {
        return verify().problems().stream()
                .map(problem -> problem.kind().label() + " "
                        + data.resolve("main").relativize(problem.file()) + " " + problem.fromSequence() + "-"
                        + problem.toSequence() + ": " + problem.what())
                .toList();
    }

    private Path cycleFile(int segment) {
        return segments.get(segment).requireData();
    }

    private static String name(Segment segment) {
        return segment.directory().getFileName().toString();
    }

    private IndexRecord record(int segment, long sequence) throws IOException {
        try (IndexFile index = IndexFile.read(segments.get(segment))) {
            return index.require(sequence);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int b = open.read();
            open.seek(at);
            open.write(b ^ 4);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aSoundJournalHasNoProblemAndIsLeftAsItWas() throws Exception {
        List<String> before = contents();

        JournalReport report = verify();

        assertThat(report.problems()).isEmpty();
        assertThat(report.sound()).isTrue();
        assertThat(report.segments()).isEqualTo(RUNS);
        assertThat(report.segmentsRemoved()).isZero();
        assertThat(report.fromSequence()).isEqualTo(1);
        assertThat(report.toSequence()).isEqualTo(newest);
        assertThat(report.entries()).isEqualTo(newest);
        assertThat(report.bytes()).isGreaterThan(newest * (IndexRecord.BYTES + Envelope.HEADER_BYTES));
        assertThat(report.quarantined()).isEmpty();
        assertThat(contents()).isEqualTo(before);
    }

    private List<String> contents() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted().toList()) {
                all.add(file + " " + (Files.isRegularFile(file) ? crc(Files.readAllBytes(file)) : 0));
            }
        }
        return all;
    }

    private static long crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    @Test
    void aBitFlippedAnywhereInAnEntryIsNamed() throws Exception {
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        System.out.println("JournalVerifierTest: 50 flips, seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            int segment = random.nextInt(RUNS);
            long sequence = 12L * segment + 1 + random.nextInt(12);
            IndexRecord record = record(segment, sequence);
            long at = record.position() + random.nextInt(record.totalBytes());
            flip(cycleFile(segment), at);
            assertThat(problems())
                    .containsExactly("data journal/" + name(segments.get(segment)) + "/19700101.cq4 " + sequence + "-"
                            + sequence + ": the entry does not match its checksum");
            assertThat(verify().entries()).isEqualTo(newest - 1);
            flip(cycleFile(segment), at);
        }
        assertThat(problems()).isEmpty();
    }

    @Test
    void aBitFlippedAnywhereInAnIndexIsNamed() throws Exception {
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        System.out.println("JournalVerifierTest: 50 flips of an index, seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Segment segment = segments.get(random.nextInt(RUNS));
            int at = random.nextInt(13 * IndexRecord.BYTES);
            flip(segment.index(), at);
            long sequence = segment.firstSequence() + at / IndexRecord.BYTES - 1;
            assertThat(problems())
                    .as("byte %d", at)
                    .containsExactly("index journal/" + name(segment) + "/index "
                            + (at < IndexRecord.BYTES
                                    ? "0-0: its head is damaged or not of this segment"
                                    : sequence + "-" + sequence
                                            + ": the record is missing or does not match its checksum"));
            flip(segment.index(), at);
        }
    }

    @Test
    void anIndexOfAnotherJournalIsNamedThoughItsChecksumsAreRight() throws Exception {
        try (IndexFile index = IndexFile.write(segments.get(1))) {
            IndexBuffer one = new IndexBuffer(1);
            one.set(0, new Deriver(new DuplicateWindow(1, Duration.ZERO)).deriveDamaged(13, null));
            index.put(13, one, 1);
            assertThat(index.get(20, 1, one)).isEqualTo(1);
            ByteBuffer bytes = ByteBuffer.wrap(one.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(24, bytes.getLong(24) + 4);
            CRC32C crc = new CRC32C();
            crc.update(one.bytes(), 4, IndexRecord.BYTES - 4);
            bytes.putInt(0, (int) crc.getValue());
            index.put(20, one, 1);
        }

        assertThat(problems())
                .containsExactly(
                        "index journal/" + name(segments.get(1))
                                + "/index 13-13: the record says that the entry is damaged, and it is not",
                        "index journal/" + name(segments.get(1))
                                + "/index 20-20: the record does not agree with the cycle file");
    }

    @Test
    void aMissingIndexIsNamed() throws Exception {
        Files.delete(segments.get(0).index());

        assertThat(problems()).containsExactly("index journal/" + name(segments.get(0)) + "/index 0-0: is missing");
    }

    @Test
    void aCycleFileThatIsCutIsNamedWithTheEntriesItLacks() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(cycleFile(1).toFile(), "rw")) {
            file.setLength(record(1, 20).position() + 3);
        }

        assertThat(problems())
                .containsExactly("data journal/" + name(segments.get(1))
                        + "/19700101.cq4 20-24: the cycle file ends before the entry does");
    }

    @Test
    void aMissingCycleFileIsNamed() throws Exception {
        Files.delete(cycleFile(1));

        assertThat(problems())
                .containsExactly("data-missing journal/" + name(segments.get(1)) + " 13-24: the cycle file is missing");
    }

    @Test
    void aMissingSegmentIsNamedInTheMiddleAndAtTheEnd() throws Exception {
        delete(segments.get(1).directory());
        assertThat(problems())
                .containsExactly("segment-missing journal/" + name(segments.get(1)) + " 13-24: the segment is missing");

        delete(segments.get(2).directory());
        assertThat(problems())
                .containsExactly("segment-missing journal/" + name(segments.get(1)) + " 13-36: the segment is missing");

        delete(segments.get(0).directory());
        assertThat(problems())
                .containsExactly("segment-missing journal 0-0: all segments are missing, and the mark says that there"
                        + " were 36 entries");
    }

    @Test
    void whatRetentionRemovedFromTheFrontIsNoProblem() throws Exception {
        delete(segments.get(0).directory());
        assertThat(problems())
                .containsExactly("segment-missing journal 1-12: is missing before the oldest segment, and retention did"
                        + " not remove it");

        new Removed(13, Fixtures.START_NANOS).write(data.resolve("main/journal"));

        assertThat(verify().sound()).isTrue();
        assertThat(verify().fromSequence()).isEqualTo(13);
    }

    @Test
    void whatRetentionRemovesFromTheFrontMeanwhileIsNoProblem() {
        JournalReport report = verifyAndDeleteBehindTheFirstSegment(segments.subList(0, 2));

        assertThat(report.problems()).isEmpty();
        assertThat(report.segmentsRemoved()).isEqualTo(2);
        assertThat(report.entries()).isEqualTo(newest - 12);
    }

    @Test
    void whatIsRemovedMeanwhileBehindOlderSegmentsIsAProblem() {
        JournalReport report = verifyAndDeleteBehindTheFirstSegment(segments.subList(1, 2));

        assertThat(report.problems()).hasSize(1);
        assertThat(report.problems().get(0).kind()).isEqualTo(JournalProblem.Kind.DATA_MISSING);
        assertThat(report.segmentsRemoved()).isZero();
    }

    private JournalReport verifyAndDeleteBehindTheFirstSegment(List<Segment> removed) {
        return JournalVerifier.verify(data, "main", (entries, all) -> {
            if (entries == 12) {
                try {
                    for (Segment segment : removed) {
                        delete(segment.directory());
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return true;
        });
    }

    @Test
    void aMarkThatIsDamagedMissingOrOldIsNamedAndTheEntriesAreReadAllTheSame() throws Exception {
        Path mark = Mark.file(journal);
        byte[] right = Files.readAllBytes(mark);
        flip(mark, 9);
        assertThat(problems())
                .containsExactly("mark journal/durable 0-0: cannot be read: it is damaged; starting the server once"
                        + " writes it anew from the journal");
        assertThat(verify().entries()).isEqualTo(newest);
        assertThat(verify().toSequence()).isEqualTo(newest);

        Files.delete(mark);
        assertThat(problems()).containsExactly("mark journal/durable 0-0: is missing");

        Files.write(mark, right);
        try (RandomAccessFile file = new RandomAccessFile(mark.toFile(), "rw")) {
            new Mark(5, 1, 1).write(file);
        }
        assertThat(problems())
                .containsExactly("mark journal/durable 0-0: says that 5 is the newest entry, and those up to 24 are"
                        + " there: readers do not see them");
    }

    @Test
    void aMarkBeyondTheLastEntryIsTakenAtItsWord() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(Mark.file(journal).toFile(), "rw")) {
            new Mark(40, 3, 3).write(file);
        }

        assertThat(problems())
                .containsExactly("data journal/" + name(segments.get(2))
                        + "/19700101.cq4 37-40: the entry is not in the cycle file");
    }

    @Test
    void cursorsThatAreDamagedOrBeyondTheEndAreNamed() throws Exception {
        Path file = data.resolve("main/cursors/mine");
        flip(file, 8);
        assertThat(problems()).containsExactly("cursor cursors/mine 0-0: does not match its checksum");

        Journals.cursors(data, "main").delete("mine");
        try (Cursor cursor = Journals.cursors(data, "main").open("mine")) {
            cursor.save(newest + 1);
            assertThat(problems()).isEmpty();
            cursor.save(newest + 2);
        }
        assertThat(problems())
                .containsExactly("cursor cursors/mine 0-0: points to sequence 38, and the newest entry is 36");
    }

    @Test
    void whatTheSystemDoesNotLetReadIsNamedAndTheRestIsRead() throws Exception {
        Path cycle = cycleFile(1);
        Files.delete(cycle);
        Files.createDirectory(cycle);
        Files.createDirectory(data.resolve("main/cursors/other"));

        assertThat(problems())
                .containsExactly(
                        "unreadable cursors/other 0-0: cannot be read: Is a directory",
                        "unreadable journal/" + name(segments.get(1)) + "/19700101.cq4 13-24: cannot be read: " + cycle
                                + " (Is a directory)");
        assertThat(verify().entries()).isEqualTo(newest - 12);
    }

    @Test
    void aFormatThatIsNotKnownIsNamedAndNothingElseIsBelieved() throws Exception {
        Files.writeString(journal.resolve("format"), "zoom-ws journal 9\n");

        JournalReport report = verify();

        assertThat(report.sound()).isFalse();
        assertThat(report.problems()).hasSize(1).first().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(JournalProblem.Kind.FORMAT);
            assertThat(problem.what()).contains("'zoom-ws journal 9'");
        });
    }

    @Test
    void aDirectoryThatIsNoJournalIsRefused() throws Exception {
        Files.delete(journal.resolve("format"));

        assertThatThrownBy(this::verify)
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("There is no journal at " + journal);
    }

    @Test
    void segmentsWhoseNamesDoNotFitAreNamed() throws Exception {
        Segment second = segments.get(1);
        Path shifted = Segment.of(journal, 2, 15).directory();
        Files.move(second.directory(), shifted);
        assertThat(problems())
                .contains(
                        "data journal/" + name(segments.get(0))
                                + "/19700101.cq4 13-14: the entry is not in the cycle file",
                        "index journal/" + shifted.getFileName()
                                + "/index 0-0: its head is damaged or not of this segment")
                .hasSize(2);

        Path odd = journal.resolve("00000002-0013");
        Files.move(shifted, odd);
        assertThat(problems())
                .containsExactly(
                        "segment-name journal/00000002-0013 0-0: is no name of a segment, so that nobody reads it",
                        "segment-missing journal/" + name(second) + " 13-24: the segment is missing");
    }

    @Test
    void aSegmentOfAnotherJournalIsNamedByItsNameOrItsOrder() throws Exception {
        Path copy = Segment.of(journal, 4, 13).directory();
        copy(segments.get(1).directory(), copy);

        assertThat(problems())
                .contains("segment-name journal/" + copy.getFileName() + " 0-0: does not fit behind "
                        + name(segments.get(2)));
    }

    @Test
    void timesAndEpochsThatGoBackwardsAreNamed() throws Exception {
        IndexRecord record = record(0, 5);
        try (RandomAccessFile file = new RandomAccessFile(cycleFile(0).toFile(), "rw")) {
            byte[] entry = new byte[record.totalBytes()];
            file.seek(record.position());
            file.readFully(entry);
            ByteBuffer buffer = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(32, 0);
            buffer.putLong(40, Fixtures.START_NANOS - 1);
            Envelope.seal(buffer, 0, new CRC32C());
            file.seek(record.position());
            file.write(entry);
        }

        String file = name(segments.get(0)) + "/19700101.cq4 5-5: ";
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "order journal/" + file + "belongs to an earlier run than the entry before: epoch 0 behind 1",
                        "order journal/" + file + "was received before the entry before",
                        "index journal/" + name(segments.get(0))
                                + "/index 5-5: the record does not agree with the cycle file");
    }

    @Test
    void whatAQuarantineEntryNamesIsListedAndNoProblem() throws Exception {
        flip(cycleFile(2), record(2, 30).position() + 80);
        assertThat(problems())
                .containsExactly("data journal/" + name(segments.get(2))
                        + "/19700101.cq4 30-30: the entry does not match its checksum");

        open(data).close();

        JournalReport report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.sound()).isTrue();
        assertThat(report.quarantined()).containsExactly(new SequenceRange(30, 30));
        assertThat(report.entries()).isEqualTo(newest - 1 + 3);
    }

    @Test
    void thousandsOfProblemsAreCountedAndAThousandAreTold() throws Exception {
        try (JournalWriter writer = open(data)) {
            for (int i = 0; i < 5000; i++) {
                Fixtures.appendText(writer, 1, Fixtures.START_NANOS + i, "{}");
            }
        }
        Segment segment = Segment.list(journal).get(RUNS);
        for (int i = 0; i < 4000; i += 2) {
            flip(segment.index(), (i + 1L) * IndexRecord.BYTES + 50);
        }

        JournalReport report = verify();

        assertThat(report.problemCount()).isEqualTo(2000);
        assertThat(report.problems()).hasSize(1000);
        assertThat(report.problems().get(0).fromSequence()).isEqualTo(newest + 1);
    }

    @Test
    void theSparseRestOfACycleFileMayBeCutOffMeanwhile() throws Exception {
        try (JournalWriter writer = open(data)) {
            for (int i = 0; i < 10_000; i++) {
                Fixtures.appendText(writer, 1, Fixtures.START_NANOS + i, "{\"x\":\"" + "y".repeat(100) + "\"}");
            }
        }
        Path file = Segment.list(journal).get(RUNS).requireData();
        long trimmed = Files.size(file);
        try (RandomAccessFile cycle = new RandomAccessFile(file.toFile(), "rw")) {
            cycle.setLength(trimmed + (16 << 20));

            JournalReport report = JournalVerifier.verify(data, "main", (entries, all) -> {
                if (entries > newest) {
                    try {
                        cycle.setLength(trimmed);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return true;
            });

            assertThat(report.problems()).isEmpty();
            assertThat(report.entries()).isEqualTo(newest + 10_002);
        }
    }

    @Test
    void withoutMarkAndCycleFileNoMoreIsClaimedThanIsKnown() throws Exception {
        Files.delete(Mark.file(journal));
        Files.delete(cycleFile(2));

        assertThat(problems())
                .containsExactly(
                        "mark journal/durable 0-0: is missing",
                        "data-missing journal/" + name(segments.get(2)) + " 25-25: the cycle file is missing");
    }

    @Test
    void aJournalIsSoundAtEveryMomentWhileItIsWrittenAndRolled() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        JournalSettings small = new JournalSettings(1 << 20, 16 << 10, 1000, Duration.ofHours(1));
        try (JournalWriter writer = JournalWriter.open(data, "main", CLOCK, small)) {
            Semaphore room = new Semaphore(0);
            writer.onDrained(room::release);
            Thread appending = new Thread(() -> {
                for (int i = 0; !end.get(); i++) {
                    String frame = Fixtures.frame(Fixtures.event("a.b", 1000 + i));
                    if (!Fixtures.appendText(writer, 1, Fixtures.START_NANOS + i, frame)) {
                        room.acquireUninterruptibly();
                    }
                }
            });
            appending.start();
            try {
                long last = 0;
                for (int i = 0; i < 20; i++) {
                    JournalReport report = verify();
                    assertThat(report.problems()).isEmpty();
                    assertThat(report.toSequence()).isGreaterThanOrEqualTo(last);
                    assertThat(report.entries()).isEqualTo(report.toSequence());
                    last = report.toSequence();
                }
            } finally {
                end.set(true);
                appending.join();
            }
        }
        assertThat(verify().sound()).isTrue();
    }

    @Test
    void workThatIsStoppedSaysSo() {
        JournalReport report = JournalVerifier.verify(data, "main", (entries, all) -> false);

        assertThat(report.complete()).isFalse();
        assertThat(report.sound()).isFalse();
        assertThat(report.segments()).isEqualTo(1);
    }
}
