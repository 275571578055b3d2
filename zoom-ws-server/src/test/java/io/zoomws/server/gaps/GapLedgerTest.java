package io.zoomws.server.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GapLedgerTest {

    @TempDir
    private Path data;

    @Test
    void ofManyGapsTheNewestAreListedAndAllAreCounted() {
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            for (int i = 0; i < 25; i++) {
                gap(writer, i * 10, i * 10 + 1);
            }
        }
        GapLedger ledger = new GapLedger(10);
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                ledger.add(entry);
            }
        }

        assertThat(ledger.summary().totals().all()).isEqualTo(new GapTotals.Sum(25, Duration.ofSeconds(25)));
        assertThat(ledger.summary().omitted()).isEqualTo(15);
        assertThat(ledger.summary().countedTo()).isEqualTo(27);
        assertThat(ledger.page(1, 4).rows()).extracting(GapLedger.Row::sequence).containsExactly(17L, 18L, 19L, 20L);
        assertThat(ledger.page(1, 4).next()).isEqualTo(OptionalLong.of(21));
        assertThat(ledger.page(21, 100).rows()).hasSize(6);
        assertThat(ledger.page(21, 100).next()).isEmpty();
        assertThat(ledger.page(Long.MAX_VALUE, 1).rows()).isEmpty();
    }

    @Test
    void aFollowerCountsWhatIsThereAndWhatComes() throws Exception {
        GapLedger ledger = new GapLedger();
        try (JournalWriter writer = JournalWriter.open(data, "main");
                JournalReader reader = writer.reader()) {
            gap(writer, 0, 10);
            try (GapFollower follower = GapFollower.start(reader, Optional::empty, ledger, entry -> {})) {
                awaitCount(ledger, 1);
                gap(writer, 5, 20);
                awaitCount(ledger, 2);
                assertThat(follower).isNotNull();
            }
        }
        assertThat(ledger.summary().totals().all().covered()).isEqualTo(Duration.ofSeconds(20));
        assertThat(ledger.summary().complete()).isTrue();
    }

    @Test
    void aJournalThatCannotBeReadLeavesTheLedgerIncomplete() throws Exception {
        GapLedger ledger = new GapLedger();
        StopRequest asked = new StopRequest();
        try (JournalWriter writer = JournalWriter.open(data, "main");
                JournalReader reader = writer.reader();
                GapFollower follower = GapFollower.start(
                        reader,
                        () -> {
                            asked.request();
                            throw new JournalException("the disk is gone");
                        },
                        ledger,
                        entry -> {})) {
            asked.await();
            assertThat(follower).isNotNull();
            assertThat(ledger.summary().complete()).isFalse();
        }
    }

    private static void awaitCount(GapLedger ledger, long count) throws InterruptedException {
        while (ledger.summary().totals().all().count() < count
                || !ledger.summary().complete()) {
            new StopRequest().await(Duration.ofMillis(5));
        }
    }

    private static void gap(JournalWriter writer, long from, long to) {
        String json = "{\"from\":\"" + Instant.ofEpochSecond(from) + "\",\"to\":\"" + Instant.ofEpochSecond(to)
                + "\",\"cause\":\"crash\"}";
        writer.append(StoredKind.GAP, 0, 1, 0, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
}
