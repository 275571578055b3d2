package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that cannot be taken in: told to who brought them, and without a trace in the journal. */
class IntakeTest {

    private static final long NOW = Fixtures.START_NANOS;

    @TempDir
    Path data;

    @Test
    void anEntryForWhichThereIsNoMemoryTakesNoSequence() {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        IntFunction<byte[]> memory = bytes -> {
            if (exhausted.get()) {
                throw new OutOfMemoryError("Java heap space");
            }
            return new byte[bytes];
        };
        Intake intake = new Intake(8 << 20, 1, 6, 0, memory);
        ByteBuffer large = ByteBuffer.allocate(2 << 20);
        assertThat(intake.append(StoredKind.TEXT_FRAME, 1, NOW, 0, Fixtures.bytes("{}")))
                .isTrue();

        assertThatThrownBy(() -> intake.append(StoredKind.BINARY_FRAME, 1, NOW + 5, 0, large))
                .isInstanceOf(JournalException.class)
                .hasMessage("There is no memory for an entry of 2097152 bytes: it was not taken."
                        + " Give the JVM more heap (-Xmx), or lower the limit for frames.");

        exhausted.set(false);
        assertThat(intake.lastSequence()).isEqualTo(7);
        assertThat(intake.append(StoredKind.BINARY_FRAME, 1, NOW, 0, large)).isTrue();
        Batch batch = intake.take(Long.MAX_VALUE);
        assertThat(batch).isNotNull();
        assertThat(batch.lastSequence()).isEqualTo(8);
        assertThat(batch.end()).isEqualTo(2 * Envelope.HEADER_BYTES + 2 + large.remaining());
    }

    @Test
    void anEntryThatNoArrayHoldsIsRefusedAndTheJournalGoesOn() throws Exception {
        JournalSettings wide = new JournalSettings(Integer.MAX_VALUE, 1 << 20, 1000, java.time.Duration.ofHours(1));
        try (RandomAccessFile sparse =
                        new RandomAccessFile(data.resolve("sparse").toFile(), "rw");
                JournalWriter writer = JournalWriter.open(data, "main", java.time.Clock.systemUTC(), wide)) {
            sparse.setLength(Integer.MAX_VALUE);
            ByteBuffer huge = sparse.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, Integer.MAX_VALUE);

            assertThatThrownBy(() -> writer.append(StoredKind.BINARY_FRAME, 1, NOW, 0, huge))
                    .isInstanceOf(JournalException.class)
                    .hasMessage(
                            "An entry of 2147483647 bytes is over the journal's limit of 33553344: it was not taken");
            Fixtures.appendText(writer, 1, NOW, "{\"n\":2}");
        }
        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            assertThat(entries).extracting(Entry::sequence).containsExactly(1L, 2L, 3L);
            assertThat(Fixtures.text(entries.get(1))).isEqualTo("{\"n\":2}");
        }
    }

    @Test
    void anEntryOfTheGreatestSizeIsTaken() {
        ByteBuffer most = ByteBuffer.allocate(Intake.MOST_PAYLOAD_BYTES);
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            writer.append(StoredKind.BINARY_FRAME, 1, NOW, 0, most);
            writer.append(StoredKind.BINARY_FRAME, 1, NOW, 0, most);
        }
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader))
                    .hasSize(4)
                    .satisfies(entries -> assertThat(entries.get(2).payload()).hasSize(most.remaining()));
        }
    }
}
