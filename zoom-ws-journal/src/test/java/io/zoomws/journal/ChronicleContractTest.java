package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our readers do not use Chronicle's tailer; a segment is a Chronicle queue all the same, and its tailer agrees with us. */
class ChronicleContractTest {

    @TempDir
    Path data;

    @Test
    void aTailerOfChronicleReadsTheSameEntries() {
        int entries = 5000;
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            for (int i = 2; i <= entries; i++) {
                Fixtures.appendText(writer, 1, Fixtures.START_NANOS, "{\"n\":" + i + "}");
            }
        }
        Segment segment = Segment.list(data.resolve("main/journal")).get(0);
        CRC32C crc = new CRC32C();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(
                                segment.directory().toFile())
                        .rollCycle(LegacyRollCycles.DAILY)
                        .timeProvider(() -> 0L)
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            Bytes<?> read = Bytes.allocateElasticOnHeap();
            for (int i = 1; i <= entries; i++) {
                read.clear();
                assertThat(tailer.readBytes(read)).isTrue();
                byte[] bytes = read.toByteArray();
                Envelope envelope =
                        Envelope.decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0, bytes.length, crc);
                assertThat(envelope).isNotNull().returns((long) i, Envelope::sequence);
                if (i > 1) {
                    assertThat(new String(bytes, StandardCharsets.UTF_8)).endsWith("{\"n\":" + i + "}");
                }
            }
        }
    }
}
