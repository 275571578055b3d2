package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The truth is what is chosen among all entries that were read. */
class FilteredReadTest {

    private static final long SEED = Long.getLong("campaign.seed", System.nanoTime());
    private static final int BATCHES = 14;
    private static final int EVENTS_IN_A_BATCH = 10;

    /** Chronicle's own pages take 131 kB of each. */
    private static final JournalSettings SMALL_SEGMENTS =
            new JournalSettings(1 << 20, 140_000, 1000, Duration.ofHours(1));

    /** Two that have the same number, one that is too long to have any, one whose number would be 0. */
    private static final List<String> TYPES = List.of(
            "meeting.started", "meeting.ended", "user.created", "Aa.same", "BB.same", "", "long." + "x".repeat(200));

    private static final List<List<String>> GLOBS = List.of(
            List.of(),
            List.of("meeting.*"),
            List.of("BB.same"),
            List.of("Aa*", "user.*"),
            List.of("long.*"),
            List.of("none"));

    private static final List<Set<EntryKind>> KINDS = List.of(
            EnumSet.allOf(EntryKind.class),
            EnumSet.of(EntryKind.EVENT),
            EnumSet.of(EntryKind.GAP, EntryKind.CONNECTED),
            EnumSet.of(EntryKind.EVENT, EntryKind.GAP),
            EnumSet.noneOf(EntryKind.class));

    @TempDir
    Path data;

    private final Random random = new Random(SEED);
    private int number;

    @Test
    void aFilteredTailerGivesWhatAFilterOverAllEntriesWouldLeave() throws Exception {
        System.out.println("FilteredReadTest: seed " + SEED);
        try (JournalWriter first = open()) {
            write(first);
        }
        try (JournalWriter second = open();
                JournalReader inProcess = second.reader();
                JournalReader beside = Journals.openReader(data, "main")) {
            write(second);
            assertAgrees(inProcess);
            assertAgrees(beside);
        }
        assertAgreesAfter(segment -> {});
    }

    @Test
    void whatIsDerivedMayBeLostDamagedOrOfAnOlderVersion() throws Exception {
        System.out.println("FilteredReadTest: seed " + SEED);
        try (JournalWriter writer = open()) {
            write(writer);
        }
        assertThat(segments().get(0).directory().resolve("types")).exists();
        assertAgreesAfter(segment -> flip(segment.directory().resolve("types")));
        assertAgreesAfter(segment -> Files.deleteIfExists(segment.directory().resolve("types")));
        assertAgreesAfter(FilteredReadTest::downgrade);
        open().close(); // completes what it comes across, and keeps what is true of the rest
        assertAgreesAfter(segment -> {});
        assertAgreesAfter(segment -> Files.delete(segment.index()));
        open().close();
        assertAgreesAfter(segment -> {});
        assertThat(segments().get(0).directory().resolve("types")).exists();
    }

    /** A process that dies leaves its last segment without a list of types, and the next one goes on in another. */
    @Test
    void aSegmentThatWasNeverCompletedIsSearchedAsWell() throws Exception {
        try (JournalWriter writer = open()) {
            write(writer);
            Segment last = segments().get(segments().size() - 1);
            assertThat(last.directory().resolve("types")).doesNotExist();
            try (JournalReader reader = writer.reader()) {
                assertAgrees(reader);
            }
        }
    }

    @Test
    void whatIsNotWantedIsNotRead() throws Exception {
        try (JournalWriter writer = open();
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(2)) {
            for (int i = 0; i < 100; i++) {
                event(writer, i == 70 ? "rare.type" : "common.type");
                if (i % 10 == 9) {
                    Fixtures.read(tailer, 10);
                }
            }
        }
        // Only the first event of a type in each segment has to be read, to learn what its number means.
        try (JournalReader reader = Journals.openReader(data, "main")) {
            FileJournalReader files = (FileJournalReader) reader;
            for (Entry entry : Fixtures.readAll(reader)) {
                Segment segment = files.segmentOf(entry.sequence(), files.mark());
                boolean rare = entry instanceof ZoomEvent event && event.type().equals("rare.type");
                if (!rare && entry.sequence() >= segment.firstSequence() + 2) {
                    damage(segment, files.record(entry.sequence(), files.mark()));
                }
            }
            assertThat(Fixtures.readAll(reader)).extracting(Entry::kind).contains(EntryKind.QUARANTINE);

            List<Entry> found = filtered(reader, EnumSet.of(EntryKind.EVENT), EventFilter.of(List.of("rare.*")));

            assertThat(found).extracting(Entry::sequence).containsExactly(72L);
        }
    }

    @Test
    void aWantedEntryThatIsDamagedIsGivenAsQuarantine() throws Exception {
        try (JournalWriter writer = open()) {
            event(writer, "a");
        }
        try (JournalReader reader = Journals.openReader(data, "main")) {
            FileJournalReader files = (FileJournalReader) reader;
            damage(files.segmentOf(2, files.mark()), files.record(2, files.mark()));

            assertThat(filtered(reader, EnumSet.of(EntryKind.EVENT), EventFilter.of(List.of("a"))))
                    .extracting(Entry::toString)
                    .containsExactly("quarantine 2");
        }
    }

    @Test
    void aPollLooksAtABoundedNumberOfEntriesAndSaysHowFarItCame() throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main");
                JournalReader reader = writer.reader()) {
            for (int i = 0; i < 70_000; i++) {
                Fixtures.appendText(writer, 1, Fixtures.START_NANOS, "{}");
            }
            try (Tailer all = reader.tail(70_001)) {
                Fixtures.read(all, 1);
            }
            try (Tailer gaps = reader.tail(1, EnumSet.of(EntryKind.GAP), EventFilter.all())) {
                assertThat(gaps.poll()).isNull();
                assertThat(gaps.position()).isEqualTo(65_537);
                assertThat(gaps.poll()).isNull();
                assertThat(gaps.position()).isEqualTo(70_002);
            }
        }
    }

    @Test
    void aFollowerSleepsOverWhatItDoesNotWantAndWakesForWhatItWants() throws Exception {
        try (JournalWriter writer = open();
                JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1, EnumSet.of(EntryKind.EVENT), EventFilter.of(List.of("b")))) {
            assertThat(tailer.poll()).isNull();
            for (int i = 0; i < 20; i++) {
                event(writer, "a");
                event(writer, "b");
                assertThat(Fixtures.read(tailer, 1).get(0).sequence()).isEqualTo(3 + 2L * i);
            }
        }
    }

    private interface Change {
        void to(Segment segment) throws IOException;
    }

    private void assertAgreesAfter(Change change) throws IOException {
        for (Segment segment : segments()) {
            change.to(segment);
        }
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertAgrees(reader);
        }
    }

    private void assertAgrees(JournalReader reader) {
        List<Entry> all = Fixtures.readAll(reader);
        for (List<String> globs : GLOBS) {
            for (Set<EntryKind> kinds : KINDS) {
                if (!globs.isEmpty() && !kinds.contains(EntryKind.EVENT)) {
                    continue;
                }
                EventFilter events = EventFilter.of(globs);
                List<Long> expected = all.stream()
                        .filter(entry -> kinds.contains(entry.kind()))
                        .filter(entry -> !(entry instanceof ZoomEvent event) || events.matches(event.type()))
                        .map(Entry::sequence)
                        .toList();
                assertThat(filtered(reader, kinds, events))
                        .as("seed %d, kinds %s, events %s", SEED, kinds, events)
                        .extracting(Entry::sequence)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<Entry> filtered(JournalReader reader, Set<EntryKind> kinds, EventFilter events) {
        List<Entry> found = new ArrayList<>();
        long end = reader.resolve(Position.LATEST);
        try (Tailer tailer = reader.tail(1, kinds, events)) {
            while (tailer.position() < end) {
                Entry entry = tailer.poll();
                if (entry != null) {
                    assertThat(tailer.position()).isGreaterThan(entry.sequence());
                    found.add(entry);
                }
            }
            assertThat(tailer.poll()).isNull();
            assertThat(tailer.position()).isEqualTo(end);
        }
        return found;
    }

    /** Without a barrier: nothing here is about what survives. */
    private JournalWriter open() {
        return JournalWriter.open(data, "main", Clock.systemUTC(), SMALL_SEGMENTS, channel -> {});
    }

    private void write(JournalWriter writer) throws Exception {
        try (JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(writer.status().visibleSequence() + 1)) {
            for (int i = 0; i < BATCHES; i++) {
                for (int j = 0; j < EVENTS_IN_A_BATCH; j++) {
                    // Types come in phases, so that there are segments without them.
                    event(writer, TYPES.get((i / 2 + random.nextInt(3)) % TYPES.size()));
                    other(writer);
                }
                Fixtures.read(tailer, 2 * EVENTS_IN_A_BATCH);
            }
            assertThat(segments()).hasSizeGreaterThan(2);
        }
    }

    private void other(JournalWriter writer) {
        if (random.nextInt(50) == 0) {
            writer.append(StoredKind.CONNECTED, 1, Fixtures.START_NANOS, 0, Fixtures.bytes("{}"));
        } else {
            Fixtures.appendText(writer, 1, Fixtures.START_NANOS, "{\"module\":\"heartbeat\"}");
        }
    }

    private void event(JournalWriter writer, String type) {
        String event = Fixtures.event(type, number++);
        Fixtures.appendText(writer, 1, Fixtures.START_NANOS, Fixtures.frame(event));
    }

    private List<Segment> segments() {
        return Segment.list(data.resolve("main/journal"));
    }

    private static void damage(Segment segment, IndexRecord record) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(segment.data().orElseThrow().toFile(), "rw")) {
            file.seek(record.position() + record.totalBytes() - 1);
            int last = file.read();
            file.seek(record.position() + record.totalBytes() - 1);
            file.write(last ^ 1);
        }
    }

    private void flip(Path file) throws IOException {
        if (Files.exists(file)) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
        }
    }

    /** Makes an index what version 1 made of it. */
    private static void downgrade(Segment segment) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.index().toFile(), "rw")) {
            long records = file.length() / IndexRecord.BYTES - 1;
            IndexBuffer buffer = new IndexBuffer(1);
            ByteBuffer head = ByteBuffer.allocate(IndexRecord.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            file.readFully(head.array());
            head.putInt(4, 1);
            CRC32C crc = new CRC32C();
            crc.update(head.array(), 0, IndexRecord.BYTES - 4);
            head.putInt(IndexRecord.BYTES - 4, (int) crc.getValue());
            file.seek(0);
            file.write(head.array());
            for (long i = 0; i < records; i++) {
                file.seek((i + 1) * IndexRecord.BYTES);
                file.readFully(buffer.bytes());
                IndexRecord record = buffer.get(0, segment.firstSequence() + i);
                assertThat(record).isNotNull();
                buffer.set(0, record.withoutType());
                file.seek((i + 1) * IndexRecord.BYTES);
                file.write(buffer.bytes());
            }
        }
    }
}
