package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening makes of a journal whose last writer failed, or some of whose files are damaged or gone. */
class RecoveryTest {

    private static final long NOW = Fixtures.START_NANOS;
    private static final Clock CLOCK = Clock.fixed(Times.instant(NOW), ZoneOffset.UTC);

    @TempDir
    Path data;

    private Path journal() {
        return data.resolve("main/journal");
    }

    private JournalWriter open(Barrier barrier) {
        return JournalWriter.open(data, "main", CLOCK, JournalSettings.DEFAULT, barrier);
    }

    private JournalWriter open() {
        return open(Barrier.FORCE);
    }

    private List<Entry> entries() {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            return Fixtures.readAll(reader);
        }
    }

    private static List<String> texts(List<Entry> entries) {
        return entries.stream().map(Fixtures::text).toList();
    }

    private static List<Long> upTo(long sequence) {
        return LongStream.rangeClosed(1, sequence).boxed().toList();
    }

    /** Runs of four entries each: OPENED, two events, CLOSED. */
    private void write(int runs) {
        for (int run = 0; run < runs; run++) {
            try (JournalWriter writer = open()) {
                Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("a", 2 * run)));
                Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("a", 2 * run + 1)));
            }
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 4);
        }
    }

    private static IndexRecord record(Segment segment, long sequence) throws IOException {
        try (IndexFile index = IndexFile.read(segment)) {
            return index.require(sequence);
        }
    }

    private List<Segment> segments() {
        return Segment.list(journal());
    }

    /** Ends with sequence 1 announced, and 2 written behind it. */
    private void failTheSecondBarrier() {
        AtomicInteger calls = new AtomicInteger();
        JournalWriter writer = open(channel -> {
            if (calls.incrementAndGet() > 1) {
                throw new IOException("Input/output error");
            }
            Barrier.FORCE.force(channel);
        });
        Fixtures.appendText(writer, 7, NOW + 5, Fixtures.frame(Fixtures.event("never.acknowledged", 1)));
        while (writer.status().failure().isEmpty()) {
            Thread.onSpinWait();
        }
        writer.close();
        assertThat(writer.status().durableSequence()).isEqualTo(1);
    }

    @Test
    void whatABarrierDidNotAcknowledgeIsWrittenAgainIntoAFileOfItsOwn() throws Exception {
        failTheSecondBarrier();
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1)) {
            Fixtures.read(tailer, 1);
            assertThat(tailer.poll()).isNull();

            assertThatThrownBy(() -> open(channel -> {
                        throw new IOException("Input/output error");
                    }))
                    .isInstanceOf(JournalException.class)
                    .hasMessage("Cannot open the journal " + journal() + ": Input/output error");
            assertThat(tailer.poll()).as("no barrier has succeeded").isNull();
            try (var files = Files.list(journal())) {
                assertThat(files.filter(Files::isDirectory))
                        .containsExactly(segments().get(0).directory());
            }

            try (JournalWriter writer = open()) {
                assertThat(writer.status().epoch()).isEqualTo(2);
                List<Entry> read = Fixtures.read(tailer, 2);
                assertThat(read).extracting(Entry::sequence).containsExactly(2L, 3L);
                assertThat(Fixtures.text(read.get(0)))
                        .isEqualTo(Fixtures.frame(Fixtures.event("never.acknowledged", 1)));
                assertThat(read.get(0).connection()).isEqualTo(7);
                assertThat(read.get(0).receivedAt()).isEqualTo(Times.instant(NOW + 5));
            }
        }
        assertThat(segments()).extracting(Segment::firstSequence).containsExactly(1L, 2L, 3L);
        assertThat(record(segments().get(1), 2).epoch())
                .as("it stays what it was")
                .isEqualTo(1);
        try (IndexFile first = IndexFile.read(segments().get(0))) {
            assertThat(first.count())
                    .as("nothing is acknowledged where its barrier failed")
                    .isEqualTo(1);
        }
        open().close();
        assertThat(entries()).extracting(Entry::sequence).containsExactlyElementsOf(upTo(6));
    }

    @Test
    void aCopyThatWasNotFinishedCountsForNothing() throws Exception {
        failTheSecondBarrier();
        Path unfinished =
                Files.createDirectory(Segment.unfinished(journal(), 2, 2).directory());
        Files.write(unfinished.resolve("19700101.cq4"), new byte[100]);

        open().close();

        assertThat(entries()).extracting(Entry::sequence).containsExactlyElementsOf(upTo(4));
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void aHoleInWhatIsWrittenAgainIsNamedAndHidesNothingBehindIt() throws Exception {
        try (JournalWriter writer = open()) {
            for (int i = 2; i <= 6; i++) {
                Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("a", i)));
            }
        }
        Segment first = segments().get(0);
        flip(first.data().orElseThrow(), record(first, 4).position() + 70);
        flip(first.data().orElseThrow(), record(first, 5).position() + 70);
        List<String> before = texts(entries());
        Files.delete(Mark.file(journal()));

        JournalWriter opened = open();
        opened.close();
        Files.delete(segments().get(1).index());
        open().close();

        List<Entry> entries = entries();
        assertThat(entries).extracting(Entry::sequence).containsExactlyElementsOf(upTo(12));
        assertThat(entries.subList(3, 5)).extracting(Entry::kind).containsOnly(EntryKind.QUARANTINE);
        assertThat(texts(entries).subList(0, 3)).isEqualTo(before.subList(0, 3));
        assertThat(texts(entries).subList(5, 7)).isEqualTo(before.subList(5, 7));
        assertThat(Fixtures.text(entries.get(8)))
                .isEqualTo("{\"fromSequence\":4,\"toSequence\":5,\"segment\":1,\"cause\":\"damaged on disk\"}");
    }

    @Test
    void announcedSequencesAreNeverUsedAgainThoughTheNewestCycleFileIsGone() throws Exception {
        write(2);
        Files.delete(segments().get(1).data().orElseThrow());

        open().close();

        List<Entry> entries = entries();
        assertThat(entries).extracting(Entry::sequence).containsExactlyElementsOf(upTo(11));
        assertThat(entries.subList(4, 8)).extracting(Entry::kind).containsOnly(EntryKind.QUARANTINE);
        assertThat(Fixtures.text(entries.get(9)))
                .isEqualTo("{\"fromSequence\":5,\"toSequence\":8,\"segment\":2,\"cause\":\"damaged on disk\"}");
    }

    @Test
    void announcedSequencesAreNeverUsedAgainThoughEverySegmentIsGone() throws Exception {
        write(1);
        Path segment = segments().get(0).directory();
        try (var files = Files.list(segment)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(segment);

        open().close();

        List<Entry> entries = entries();
        assertThat(entries).extracting(Entry::sequence).containsExactlyElementsOf(upTo(7));
        assertThat(entries.subList(0, 4)).extracting(Entry::kind).containsOnly(EntryKind.QUARANTINE);
        assertThat(Fixtures.text(entries.get(5)))
                .isEqualTo("{\"fromSequence\":1,\"toSequence\":4,\"segment\":1,\"cause\":\"damaged on disk\"}");
    }

    @Test
    void aBadBitInTheIndexOfAnOldSegmentIsDerivedAnew() throws Exception {
        write(3);
        Segment first = segments().get(0);
        byte[] good = Files.readAllBytes(first.index());
        for (long sequence = 1; sequence <= 4; sequence++) {
            flip(first.index(), 128 * sequence + 60);
            open().close();
            assertThat(Files.readAllBytes(first.index())).isEqualTo(good);
        }
        flip(first.index(), 9);
        open().close();
        assertThat(Files.readAllBytes(first.index())).isEqualTo(good);
    }

    @Test
    void theFirstCopyThatIsLeftIsShownWhenTheEventItRepeatsIsLost() throws Exception {
        String event = Fixtures.frame(Fixtures.event("a", 1));
        try (JournalWriter writer = open()) {
            for (int i = 2; i <= 4; i++) {
                Fixtures.appendText(writer, 1, NOW, event);
            }
        }
        Segment first = segments().get(0);
        flip(first.data().orElseThrow(), record(first, 2).position() + 70);

        open().close();

        List<Entry> entries = entries();
        assertThat(entries.get(1).kind()).isEqualTo(EntryKind.QUARANTINE);
        assertThat(((ZoomEvent) entries.get(2)).duplicateOf()).isEmpty();
        assertThat(((ZoomEvent) entries.get(3)).duplicateOf()).hasValue(3);
    }

    @Test
    void aSegmentInTheMiddleOfWhichNothingIsLeftHoldsUpNobody() throws Exception {
        write(3);
        List<String> before = texts(entries());
        Segment middle = segments().get(1);
        Files.delete(middle.data().orElseThrow());
        Files.delete(middle.index());
        for (int start = 0; start < 2; start++) {
            List<Entry> entries = entries();
            assertThat(entries).extracting(Entry::sequence).containsExactlyElementsOf(upTo(12 + 3L * start));
            assertThat(entries.subList(4, 8)).extracting(Entry::kind).containsOnly(EntryKind.QUARANTINE);
            assertThat(texts(entries).subList(0, 4)).isEqualTo(before.subList(0, 4));
            assertThat(texts(entries).subList(8, 12)).isEqualTo(before.subList(8, 12));
            open().close();
        }
        assertThat(Fixtures.text(entries().get(13)))
                .isEqualTo("{\"fromSequence\":5,\"toSequence\":8,\"segment\":2,\"cause\":\"damaged on disk\"}");
    }

    @Test
    void anIndexThatIsDeletedWhileItIsWrittenHidesNoEntry() throws Exception {
        try (JournalWriter writer = open()) {
            Files.delete(segments().get(0).index());
            try (JournalReader reader = Journals.openReader(data, "main");
                    Tailer tailer = reader.tail(1)) {
                Fixtures.read(tailer, 1);
                for (int i = 2; i <= 300; i++) {
                    Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("a", i)));
                    Entry entry = Fixtures.read(tailer, 1).get(0);
                    assertThat(entry.sequence()).isEqualTo(i);
                    assertThat(Fixtures.text(entry)).isEqualTo(Fixtures.frame(Fixtures.event("a", i)));
                }
            }
        }
        open().close();
        assertThat(entries()).extracting(Entry::sequence).containsExactlyElementsOf(upTo(303));
    }
}
