package io.zoomws.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.core.FrameType;
import io.zoomws.journal.JournalWriter;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalingListenerTest {

    @TempDir
    Path data;

    @Test
    void aClockThatWasSetBackIsJournaledAndTimesStillRiseAndAreFound() throws Exception {
        Instant before = Instant.parse("2126-01-01T12:00:00Z");
        Instant after = before.minus(Duration.ofHours(1));
        try (JournalWriter journal = JournalWriter.open(data, "main");
                JournalReader reader = journal.reader();
                Tailer tailer = reader.tail(2)) {
            JournalingListener listener = new JournalingListener("main", journal);
            listener.accept(FrameType.TEXT, 1, nanos(before), 0, frame());
            listener.clockJumped(nanos(before), nanos(after));
            listener.accept(FrameType.TEXT, 1, nanos(after), 0, frame());
            listener.clockJumped(nanos(after), nanos(before.plusSeconds(1)));
            listener.accept(FrameType.TEXT, 1, nanos(before.plusSeconds(1)), 0, frame());

            assertThat(line(next(tailer))).isEqualTo("2126-01-01T12:00:00Z control 1 {}");
            assertThat(line(next(tailer)))
                    .isEqualTo("2126-01-01T12:00:00Z control 0 {\"note\":\"the wall clock was set back\","
                            + "\"from\":\"2126-01-01T12:00:00Z\",\"to\":\"2126-01-01T11:00:00Z\",\"by\":\"PT-1H\"}");
            assertThat(line(next(tailer))).isEqualTo("2126-01-01T12:00:00Z control 1 {}");
            assertThat(line(next(tailer)))
                    .isEqualTo("2126-01-01T12:00:01Z control 0 {\"note\":\"the wall clock was set forward, or the"
                            + " machine slept\",\"from\":\"2126-01-01T11:00:00Z\",\"to\":\"2126-01-01T12:00:01Z\","
                            + "\"by\":\"PT1H1S\"}");
            assertThat(line(next(tailer))).isEqualTo("2126-01-01T12:00:01Z control 1 {}");
            assertThat(reader.resolve(new Position.Time(after))).isEqualTo(2);
            assertThat(reader.resolve(new Position.Time(before.plusMillis(1)))).isEqualTo(5);
        }
    }

    private static Entry next(Tailer tailer) throws InterruptedException {
        Entry entry = tailer.poll(Duration.ofSeconds(30));
        assertThat(entry).isNotNull();
        return entry;
    }

    private static String line(Entry entry) {
        return entry.receivedAt() + " " + entry.kind().label() + " " + entry.connection() + " "
                + new String(entry.payload(), StandardCharsets.UTF_8);
    }

    private static ByteBuffer frame() {
        return ByteBuffer.wrap(new byte[] {'{', '}'});
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
