package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals as a crash or a bad disk leaves them: copies of a running one, changed. */
class DamageTest {

    private static final Clock CLOCK = Clock.fixed(Times.instant(Fixtures.START_NANOS), ZoneOffset.UTC);
    private static final int ENTRIES = 21;

    @TempDir(factory = MemoryDirectory.class)
    Path root;

    private Path image = Path.of("");
    private Path journal = Path.of("");
    private List<String> expected = List.of();
    private byte[] cycle = {};
    private List<IndexRecord> records = List.of();
    private Path cycleFile = Path.of("");

    @BeforeEach
    void takeAnImageOfARunningJournal() throws Exception {
        Path live = root.resolve("live");
        try (JournalWriter writer = JournalWriter.open(live, "main", CLOCK, JournalSettings.DEFAULT);
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(1)) {
            for (int i = 2; i <= ENTRIES; i++) {
                Fixtures.appendText(writer, 1, Fixtures.START_NANOS + i, Fixtures.frame(Fixtures.event("a.b", i)));
            }
            Fixtures.read(tailer, ENTRIES);
            image = root.resolve("image");
            copy(live, image);
        }
        journal = image.resolve("main/journal");
        Segment segment = Segment.list(journal).get(0);
        cycleFile = segment.data().orElseThrow();
        List<IndexRecord> found = new ArrayList<>();
        try (IndexFile index = IndexFile.read(segment)) {
            for (int i = 1; i <= ENTRIES; i++) {
                found.add(index.require(i));
            }
        }
        records = found;
        IndexRecord last = records.get(ENTRIES - 1);
        cycle = Arrays.copyOf(Files.readAllBytes(cycleFile), (int) last.position() + last.totalBytes() + 64);
        Files.write(cycleFile, cycle);
        try (JournalReader reader = Journals.openReader(image, "main")) {
            expected = Fixtures.readAll(reader).stream().map(Fixtures::text).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
                } else if (!file.endsWith("lock")) {
                    Files.copy(file, target);
                }
            }
        }
    }

    private void announce(long sequence) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(Mark.file(journal).toFile(), "rw")) {
            new Mark(sequence, 1, 1).write(file);
        }
    }

    /** Of the first segment as given, without its index and what an earlier recovery made. */
    private Recovery.Result recover(byte[] content, long announced) throws IOException {
        for (Segment segment : Segment.list(journal)) {
            if (segment.number() > 1) {
                try (Stream<Path> files = Files.walk(segment.directory())) {
                    files.sorted(Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        }
        announce(announced);
        Files.write(cycleFile, content);
        Files.deleteIfExists(Segment.list(journal).get(0).index());
        return new Recovery(journal, new Deriver(new DuplicateWindow(100, Duration.ofHours(1))), Barrier.FORCE).run();
    }

    @Test
    void aCutAtAnyByteOfTheLastThreeRecordsLosesOnlyWhatWasNotAnnounced() throws Exception {
        int from = (int) records.get(ENTRIES - 4).position()
                + records.get(ENTRIES - 4).totalBytes();
        int to = cycle.length - 64;
        for (int cut = from; cut <= to; cut += Integer.getInteger("campaign.cut.step", 1)) {
            int at = cut;
            long whole = records.stream()
                    .filter(record -> record.position() + record.totalBytes() <= at)
                    .count();
            byte[] zeroed = cycle.clone();
            Arrays.fill(zeroed, cut, zeroed.length, (byte) 0);

            assertThat(recover(zeroed, ENTRIES - 3).lastSequence())
                    .as("zero from %d", cut)
                    .isEqualTo(whole);
            Recovery.Result cutOff = recover(Arrays.copyOf(cycle, cut), ENTRIES - 3);
            assertThat(cutOff.lastSequence()).as("ends at %d", cut).isEqualTo(whole);
            assertThat(cutOff.damages()).isEmpty();
        }
    }

    @Test
    void announcedEntriesThatAreGoneAreSetAsideByNameAndTheirSequencesNeverUsedAgain() throws Exception {
        IndexRecord cut = records.get(ENTRIES - 3);
        Files.write(cycleFile, Arrays.copyOf(cycle, (int) cut.position() + 70));

        JournalWriter.open(image, "main", CLOCK, JournalSettings.DEFAULT).close();

        try (JournalReader reader = Journals.openReader(image, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            assertThat(entries)
                    .extracting(Entry::sequence)
                    .doesNotHaveDuplicates()
                    .hasSize(ENTRIES + 3);
            assertThat(entries.subList(ENTRIES - 3, ENTRIES))
                    .extracting(Entry::kind)
                    .containsOnly(EntryKind.QUARANTINE);
            assertThat(Fixtures.text(entries.get(ENTRIES - 1)))
                    .isEqualTo("{\"fromSequence\":21,\"toSequence\":21,\"cause\":\"damaged on disk\"}");
            assertThat(entries.get(ENTRIES).kind()).isEqualTo(EntryKind.OPENED);
            assertThat(Fixtures.text(entries.get(ENTRIES + 1)))
                    .isEqualTo("{\"fromSequence\":19,\"toSequence\":21,\"segment\":1,\"cause\":\"damaged on disk\"}");
        }
    }

    @Test
    void aFlippedBitCostsAtMostItsOwnEntryWhereTheIndexIsGone() throws Exception {
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        int flips = Integer.getInteger("campaign.flips", 1000) / 10;
        System.out.println("DamageTest: " + flips + " flips, seed " + seed);
        Random random = new Random(seed);
        int start = (int) records.get(0).position() - 4;
        for (int i = 0; i < flips; i++) {
            byte[] flipped = cycle.clone();
            int at = start + random.nextInt(cycle.length - start);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Recovery.Result result = recover(flipped, ENTRIES);
            assertThat(result.lastSequence()).isEqualTo(ENTRIES);
            try (JournalReader reader = Journals.openReader(image, "main")) {
                List<Entry> entries = Fixtures.readAll(reader);
                long lost = 0;
                for (int entry = 0; entry < ENTRIES; entry++) {
                    boolean same = Fixtures.text(entries.get(entry)).equals(expected.get(entry));
                    boolean quarantined = entries.get(entry).kind() == EntryKind.QUARANTINE;
                    assertThat(same ^ quarantined)
                            .as("flip in byte %d, entry %d", at, entry + 1)
                            .isTrue();
                    lost += quarantined ? 1 : 0;
                }
                assertThat(lost).isLessThanOrEqualTo(1);
                assertThat(result.damages()).hasSize((int) lost);
            }
        }
    }

    /** All entries as they were, but quarantine entries for some. */
    private void expect(List<Entry> entries, int firstLost, int lastLost) {
        assertThat(entries).hasSizeGreaterThanOrEqualTo(ENTRIES);
        for (int i = 1; i <= ENTRIES; i++) {
            Entry entry = entries.get(i - 1);
            assertThat(entry.sequence()).isEqualTo(i);
            if (i >= firstLost && i <= lastLost) {
                assertThat(entry.kind()).isEqualTo(EntryKind.QUARANTINE);
                assertThat(Fixtures.text(entry))
                        .isEqualTo(
                                "{\"fromSequence\":" + i + ",\"toSequence\":" + i + ",\"cause\":\"damaged on disk\"}");
            } else {
                assertThat(Fixtures.text(entry)).isEqualTo(expected.get(i - 1));
                assertThat(entry.receivedAt()).isEqualTo(Times.instant(Fixtures.START_NANOS + (i == 1 ? 0 : i)));
            }
        }
        assertThat(entries).extracting(Entry::receivedAt).isSorted();
    }

    @Test
    void anEntryThatIsDamagedLaterIsGivenAsAQuarantineEntryAndHoldsUpNobody() throws Exception {
        byte[] flipped = cycle.clone();
        flipped[(int) records.get(9).position() + 80] ^= 4;
        Files.write(cycleFile, flipped);
        try (JournalReader reader = Journals.openReader(image, "main")) {
            expect(Fixtures.readAll(reader), 10, 10);
        }
        // The segment is not read again at later starts, so that readers meet the damage for ever.
        JournalWriter.open(image, "main", CLOCK, JournalSettings.DEFAULT).close();
        Files.write(cycleFile, cycle);
        JournalWriter.open(image, "main", CLOCK, JournalSettings.DEFAULT).close();
        Files.write(cycleFile, flipped);
        try (JournalReader reader = Journals.openReader(image, "main")) {
            expect(Fixtures.readAll(reader), 10, 10);
        }
    }

    @Test
    void aCycleFileThatEndsEarlyWhileItIsReadCostsWhatLayBehind() throws Exception {
        try (JournalReader reader = Journals.openReader(image, "main");
                Tailer tailer = reader.tail(1)) {
            Files.write(cycleFile, Arrays.copyOf(cycle, (int) records.get(15).position() + 70));
            expect(Fixtures.read(tailer, ENTRIES), 16, ENTRIES);
        }
        try (JournalReader reader = Journals.openReader(image, "main")) {
            Files.delete(cycleFile);
            expect(Fixtures.readAll(reader), 1, ENTRIES);
        }
    }

    @Test
    void aReaderFindsInTheCycleFileWhatTheIndexLacks() throws Exception {
        Path indexFile = Segment.list(journal).get(0).index();
        byte[] index = Files.readAllBytes(indexFile);
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        System.out.println("DamageTest: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] bad = Arrays.copyOf(index, i % 3 == 0 ? random.nextInt(index.length) : index.length);
            for (int flips = random.nextInt(5); flips >= 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(indexFile, bad);
            try (JournalReader reader = Journals.openReader(image, "main")) {
                expect(Fixtures.readAll(reader), 0, 0);
                assertThat(reader.resolve(new Position.Time(Times.instant(Fixtures.START_NANOS + 9))))
                        .isEqualTo(9);
            }
        }
        Files.delete(indexFile);
        byte[] flipped = cycle.clone();
        flipped[(int) records.get(9).position() + 80] ^= 4;
        flipped[(int) records.get(10).position() + 80] ^= 4;
        Files.write(cycleFile, flipped);
        try (JournalReader reader = Journals.openReader(image, "main")) {
            expect(Fixtures.readAll(reader), 10, 11);
            assertThat(reader.resolve(new Position.Time(Times.instant(Fixtures.START_NANOS + 12))))
                    .isEqualTo(12);
        }
    }

    @Test
    void aLostMarkAndACycleFileOfNoLengthAreSurvived() throws Exception {
        Files.delete(Mark.file(journal));
        Path next = Files.createDirectories(Segment.of(journal, 2, ENTRIES + 1).directory());
        Files.createFile(next.resolve("19700101.cq4"));

        try (JournalWriter writer = JournalWriter.open(image, "main", CLOCK, JournalSettings.DEFAULT)) {
            assertThat(writer.status().epoch()).isEqualTo(2);
        }

        try (JournalReader reader = Journals.openReader(image, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            assertThat(entries.stream().map(Fixtures::text)).startsWith(expected.toArray(String[]::new));
            assertThat(entries).hasSize(ENTRIES + 2);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
