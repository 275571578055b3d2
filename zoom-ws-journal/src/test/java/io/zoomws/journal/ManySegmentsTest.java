package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal of very many segments, {@code -Dcampaign.segments} of them, of which only what readers should need is there: the
 * indexes and the lists of types. Whoever opened a cycle file would find none. Figures are printed, none is asserted.
 */
class ManySegmentsTest {

    private static final long SEED = Long.getLong("campaign.seed", System.nanoTime());
    private static final int SEGMENTS = Integer.getInteger("campaign.segments", 300);
    private static final int ENTRIES_IN_EACH = SEGMENTS > 1_000 ? 1_000 : 50;
    private static final int ENTRIES = SEGMENTS * ENTRIES_IN_EACH;
    private static final long STEP_NANOS = 1_000;
    private static final int SEEKS = 1_000;

    @TempDir
    Path data;

    @Test
    void timesAreFoundAndSegmentsSkippedByIndexesAndListsOnly() throws Exception {
        say("%,d entries in %,d segments, seed %d", ENTRIES, SEGMENTS, SEED);
        make();
        long began = System.nanoTime();
        try (JournalReader reader = Journals.openReader(data, "main")) {
            say("reader opened: %,d ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            seek(reader);
            began = System.nanoTime();
            EventFilter events = EventFilter.of(List.of("rare.*"));
            try (Tailer tailer = reader.tail(1, EnumSet.of(EntryKind.EVENT), events)) {
                while (tailer.position() <= ENTRIES) {
                    assertThat(tailer.poll()).isNull();
                }
            }
            say("a type that is not there: %,d ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
    }

    private static void seek(JournalReader reader) {
        Random random = new Random(SEED);
        long[] nanos = new long[SEEKS];
        for (int i = 0; i < SEEKS; i++) {
            long sequence = 1 + random.nextInt(ENTRIES);
            long at = Fixtures.START_NANOS + sequence * STEP_NANOS;
            long began = System.nanoTime();
            long found = reader.resolve(new Position.Time(Times.instant(at)));
            nanos[i] = System.nanoTime() - began;
            assertThat(found).as("seed %d", SEED).isEqualTo(sequence);
        }
        long first = nanos[0];
        Arrays.sort(nanos);
        say(
                "%,d time seeks: first %,d µs, median %,d µs, slowest %,d µs",
                SEEKS, first / 1000, nanos[SEEKS / 2] / 1000, nanos[SEEKS - 1] / 1000);
    }

    private void make() throws IOException {
        Path journal = Fixtures.journalDirectory(data);
        Files.writeString(journal.resolve("format"), "zoom-ws journal 1\n");
        IndexBuffer buffer = new IndexBuffer(ENTRIES_IN_EACH);
        for (int number = 1; number <= SEGMENTS; number++) {
            Segment segment = Segment.of(journal, number, 1 + (number - 1L) * ENTRIES_IN_EACH);
            Files.createDirectory(segment.directory());
            for (int i = 0; i < ENTRIES_IN_EACH; i++) {
                buffer.set(i, record(segment.firstSequence() + i));
            }
            try (IndexFile index = IndexFile.write(segment)) {
                index.put(segment.firstSequence(), buffer, ENTRIES_IN_EACH);
            }
            new SegmentContents(ENTRIES_IN_EACH, Set.of(EntryKind.EVENT), false, List.of("common.type")).write(segment);
        }
        try (RandomAccessFile file = new RandomAccessFile(Mark.file(journal).toFile(), "rw")) {
            new Mark(ENTRIES, SEGMENTS, 1).write(file);
        }
    }

    private static IndexRecord record(long sequence) {
        return new IndexRecord(
                StoredKind.TEXT_FRAME,
                EntryKind.EVENT,
                false,
                true,
                sequence,
                Fixtures.START_NANOS + sequence * STEP_NANOS,
                0,
                Envelope.HEADER_BYTES,
                1,
                1,
                0,
                Hash.NONE,
                Hash.NONE,
                IndexRecord.Link.NONE,
                1);
    }

    private static void say(String format, Object... values) {
        System.out.println("ManySegmentsTest: " + String.format(Locale.ROOT, format, values));
    }
}
