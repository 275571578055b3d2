package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.StoredKind;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the delivery relies on holds for the journal in memory, which its tests use, and for the real one. */
@Timeout(180)
class JournalContractTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void theJournalInMemoryKeepsTheContract() throws Exception {
        MemoryJournal journal = new MemoryJournal();

        check(journal, journal, journal::event);
    }

    @Test
    void theRealJournalKeepsTheContract() throws Exception {
        try (JournalWriter writer = JournalWriter.open(directory, "main");
                JournalReader reader = writer.reader()) {
            check(reader, Journals.cursors(directory, "main"), type -> {
                byte[] frame = ("{\"event\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
                writer.append(StoredKind.TEXT_FRAME, 1, 0, 0, ByteBuffer.wrap(frame));
            });
        }
    }

    private static void check(JournalReader reader, Cursors cursors, Consumer<String> append) throws Exception {
        long first = reader.resolve(Position.LATEST);
        assertThat(reader.resolve(new Position.Sequence(99))).isEqualTo(99);
        try (Tailer tailer = reader.tail(first)) {
            assertThat(tailer.poll()).isNull();
            assertThat(tailer.poll(Duration.ofMillis(5))).isNull();

            append.accept("a.a");
            append.accept("b.b");
            Entry one = tailer.poll(LONG);
            Entry two = tailer.poll(LONG);

            assertThat(one).isInstanceOf(ZoomEvent.class);
            assertThat(one).extracting(Entry::sequence).isEqualTo(first);
            assertThat(two).extracting(Entry::sequence).isEqualTo(first + 1);
            assertThat(two).extracting(entry -> ((ZoomEvent) entry).type()).isEqualTo("b.b");
            assertThat(tailer.position()).isEqualTo(first + 2);
            assertThat(tailer.poll()).isNull();
        }
        assertThat(reader.resolve(Position.LATEST)).isEqualTo(first + 2);

        try (Cursor cursor = cursors.open("mine")) {
            assertThat(cursor.position()).isEmpty();
            cursor.save(7);
        }
        try (Cursor cursor = cursors.open("mine")) {
            assertThat(cursor.position()).hasValue(7);
        }
    }
}
