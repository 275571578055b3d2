package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times are asked for at, just before and just after every entry; the truth is a walk over all entries. */
class TimeSeekTest {

    private static final long SEED = Long.getLong("campaign.seed", System.nanoTime());
    private static final JournalSettings A_SEGMENT_FOR_EACH_BATCH =
            new JournalSettings(1 << 20, 1, 100, Duration.ofHours(1));

    /** One day forward, an hour back, a day back, and so on. */
    private static final List<Duration> JUMPS = List.of(
            Duration.ofDays(1), Duration.ofHours(-1), Duration.ofDays(-1), Duration.ofNanos(1), Duration.ofMinutes(5));

    @TempDir
    Path data;

    private final Random random = new Random(SEED);
    private long now = Fixtures.START_NANOS;

    @Test
    void aTimeIsFoundWhateverTheClockDidAndHoweverManySegmentsThereAre() throws Exception {
        System.out.println("TimeSeekTest: seed " + SEED);
        for (int run = 0; run < 3; run++) {
            write(5);
        }

        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            assertThat(Segment.list(data.resolve("main/journal"))).hasSizeGreaterThan(15);
            for (Entry entry : entries) {
                for (int nanos = -1; nanos <= 1; nanos++) {
                    Instant time = entry.receivedAt().plusNanos(nanos);
                    assertThat(reader.resolve(new Position.Time(time)))
                            .as("seed %d, time %s", SEED, time)
                            .isEqualTo(walk(entries, time));
                }
            }
        }
    }

    @Test
    void whatCameWhileTheClockWasAheadHidesNothingThatCameAfterIt() throws Exception {
        Clock clock = Clock.fixed(Times.instant(now), ZoneOffset.UTC);
        try (JournalWriter writer = JournalWriter.open(data, "main", clock, A_SEGMENT_FOR_EACH_BATCH, channel -> {});
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(2)) {
            long hour = TimeUnit.HOURS.toNanos(1);
            for (long at : List.of(now + 1, now + 24 * hour, now + hour, now + 2 * hour, now + 25 * hour)) {
                Fixtures.appendText(writer, 1, at, "{}");
                Fixtures.read(tailer, 1);
            }

            assertThat(reader.resolve(new Position.Time(Times.instant(now + hour))))
                    .as(
                            "all that came until the clock was right again has the time of the jump: begin with the first of it")
                    .isEqualTo(3);
            assertThat(reader.resolve(new Position.Time(Times.instant(now + 24 * hour + 1))))
                    .isEqualTo(6);
        }
    }

    @Test
    void aTimeIsFoundInASegmentWithoutAnIndex() throws Exception {
        write(3);
        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            for (Segment segment : Segment.list(data.resolve("main/journal"))) {
                Files.delete(segment.index());
            }
            for (Entry entry : entries) {
                assertThat(reader.resolve(new Position.Time(entry.receivedAt())))
                        .isEqualTo(walk(entries, entry.receivedAt()));
            }
        }
    }

    private void write(int entries) throws Exception {
        Clock clock = Clock.fixed(Times.instant(now), ZoneOffset.UTC);
        try (JournalWriter writer = JournalWriter.open(data, "main", clock, A_SEGMENT_FOR_EACH_BATCH, channel -> {});
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(writer.status().visibleSequence() + 1)) {
            for (int i = 0; i < entries; i++) {
                int together = 1 + random.nextInt(3);
                for (int j = 0; j < together; j++) {
                    Fixtures.appendText(writer, 1, now, "{}");
                    now += random.nextInt(3);
                }
                Fixtures.read(tailer, together);
                now += JUMPS.get(random.nextInt(JUMPS.size())).toNanos();
            }
        }
    }

    private static long walk(List<Entry> entries, Instant time) {
        for (Entry entry : entries) {
            if (!entry.receivedAt().isBefore(time)) {
                return entry.sequence();
            }
        }
        return entries.get(entries.size() - 1).sequence() + 1;
    }
}
