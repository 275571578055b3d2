package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendAndReadTest {

    @TempDir
    Path data;

    @Test
    void entriesAreReadInOrderWithAllThatWasSaidOfThem() throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main");
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(1)) {
            long now = Times.nanos(Instant.now());
            String event = Fixtures.frame(Fixtures.event("meeting.started", 1));
            writer.append(StoredKind.CONNECTED, 1, now, now, Fixtures.bytes("{}"));
            Fixtures.appendText(writer, 1, now + 5, event);
            Fixtures.appendText(writer, 1, now + 1, "{\"module\":\"heartbeat\",\"success\":true}");
            writer.append(StoredKind.BINARY_FRAME, 1, now + 6, 0, ByteBuffer.wrap(new byte[] {0, -1}));

            List<Entry> entries = Fixtures.read(tailer, 5);

            assertThat(entries)
                    .extracting(Entry::kind)
                    .containsExactly(
                            EntryKind.OPENED,
                            EntryKind.CONNECTED,
                            EntryKind.EVENT,
                            EntryKind.CONTROL,
                            EntryKind.UNREADABLE);
            assertThat(entries).extracting(Entry::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(entries).extracting(Entry::connection).containsExactly(0L, 1L, 1L, 1L, 1L);
            assertThat(Fixtures.text(entries.get(2))).isEqualTo(event);
            assertThat(entries.get(3).receivedAt())
                    .as("never earlier than the entry before")
                    .isEqualTo(entries.get(2).receivedAt());
            assertThat(entries.get(4).payload()).containsExactly(0, -1);
            assertThat(tailer.position()).isEqualTo(6);
            assertThat(tailer.poll(Duration.ofMillis(5))).isNull();
        }
    }

    @Test
    void theDescriptionOfAnOverLongFrameIsToldFromAFrameThatLooksLikeOne() throws Exception {
        String description = "{\"length\":5,\"sha256\":\"" + "0".repeat(64) + "\"}";
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            long now = Times.nanos(Instant.now());
            writer.append(StoredKind.TOO_LONG_FRAME, 1, now, 0, Fixtures.bytes(description));
            writer.append(StoredKind.BINARY_FRAME, 1, now, 0, Fixtures.bytes(description));
        }
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(2)) {
            List<Entry> entries = Fixtures.read(tailer, 2);

            assertThat(entries).extracting(Entry::kind).containsOnly(EntryKind.UNREADABLE);
            assertThat(entries.get(0)).isInstanceOf(OverLongFrame.class);
            assertThat(entries.get(1)).isNotInstanceOf(OverLongFrame.class);
        }
    }

    @Test
    void anEventIsGivenVerbatim() throws Exception {
        String event = "{ \"event\":\"a.b\",\"n\":1e-07,\"big\":9007199254740993,\"payload\":{\"account_id\":\"X\"},"
                + "\"event_ts\":1767261600812}";
        try (JournalWriter writer = JournalWriter.open(data, "main");
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(2)) {
            long now = Times.nanos(Instant.now());
            Fixtures.appendText(writer, 1, now, Fixtures.frame(event));

            ZoomEvent read = (ZoomEvent) Fixtures.read(tailer, 1).get(0);

            assertThat(read.json()).isEqualTo(event);
            assertThat(read.type()).isEqualTo("a.b");
            assertThat(read.occurredAt()).contains(Instant.ofEpochMilli(1767261600812L));
            assertThat(read.text("/n")).contains("1e-07");
            assertThat(read.text("/big")).contains("9007199254740993");
            assertThat(read.text("/payload")).isEmpty();
            assertThat(read.accountId()).contains("X");
            assertThat(read.duplicateOf()).isEmpty();
            assertThat(read.id()).hasSize(22);
            assertThat(read.subscription()).isEqualTo("main");
        }
    }

    @Test
    void gapsCarryTheirBounds() throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main");
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(2)) {
            String json = "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:07.5Z\",\"cause\":\"crash\"}";
            writer.append(StoredKind.GAP, 2, Times.nanos(Instant.now()), 0, Fixtures.bytes(json));

            Gap gap = (Gap) Fixtures.read(tailer, 1).get(0);

            assertThat(gap.from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(gap.to()).isEqualTo(Instant.parse("2026-01-01T00:00:07.500Z"));
            assertThat(gap.cause()).isEqualTo("crash");
        }
    }

    @Test
    void aFrameOfSixteenMebibytesSurvives() throws Exception {
        byte[] large = new byte[16 << 20];
        new Random(1).nextBytes(large);
        try (JournalWriter writer = JournalWriter.open(data, "main");
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(2)) {
            for (int i = 0; i < 3; i++) {
                writer.append(StoredKind.BINARY_FRAME, 1, Fixtures.START_NANOS, 0, ByteBuffer.wrap(large));
                assertThat(Fixtures.read(tailer, 1).get(0).payload()).isEqualTo(large);
            }
        }
    }

    @Test
    void positionsAreResolved() throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main");
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(1)) {
            long base = Times.nanos(Instant.now()) + 1_000_000_000L;
            for (int i = 0; i < 1000; i++) {
                Fixtures.appendText(writer, 1, base + i / 2 * 1000L, "{}");
            }
            Fixtures.read(tailer, 1001);

            assertThat(reader.resolve(Position.EARLIEST)).isEqualTo(1);
            assertThat(reader.resolve(Position.LATEST)).isEqualTo(1002);
            assertThat(reader.resolve(new Position.Sequence(77))).isEqualTo(77);
            assertThat(reader.resolve(new Position.Time(Times.instant(base)))).isEqualTo(2);
            assertThat(reader.resolve(new Position.Time(Times.instant(base + 1000))))
                    .isEqualTo(4);
            assertThat(reader.resolve(new Position.Time(Times.instant(base + 1001))))
                    .isEqualTo(6);
            assertThat(reader.resolve(new Position.Time(Instant.MAX))).isEqualTo(1002);
            assertThat(reader.resolve(new Position.Time(Instant.MIN))).isEqualTo(1);
        }
    }

    @Test
    void aClosedJournalIsReadToItsClosedEntryAndTakesNothingMore() {
        JournalWriter writer = JournalWriter.open(data, "main");
        Fixtures.appendText(writer, 1, Fixtures.START_NANOS, "{}");
        writer.close();

        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader))
                    .extracting(Entry::kind)
                    .containsExactly(EntryKind.OPENED, EntryKind.CONTROL, EntryKind.CLOSED);
        }
        assertThat(writer.status().state()).isEqualTo(JournalStatus.State.CLOSED);
        assertThatThrownBy(() -> Fixtures.appendText(writer, 1, 0, "{}"))
                .isInstanceOf(JournalException.class)
                .hasMessage("The journal " + data.resolve("main/journal") + " is closed");
    }
}
