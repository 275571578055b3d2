package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When entries are announced in each mode, and what the weaker ones say when a barrier fails. */
class DurabilityTest {

    private static final long NOW = Fixtures.START_NANOS;

    @TempDir
    Path data;

    private JournalWriter open(Durability durability, Barrier barrier) {
        return JournalWriter.open(
                data, "main", Clock.systemUTC(), JournalSettings.DEFAULT.withDurability(durability), barrier);
    }

    @Test
    void strictAnnouncesNothingBeforeItsBarrier() throws Exception {
        Semaphore barriers = new Semaphore(1);
        Semaphore asked = new Semaphore(0);
        Barrier barrier = channel -> {
            asked.release();
            barriers.acquireUninterruptibly();
            Barrier.FORCE.force(channel);
        };
        try (JournalWriter writer = open(Durability.STRICT, barrier);
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(2)) {
            asked.acquire();
            Fixtures.appendText(writer, 1, NOW, "{}");
            asked.acquire();
            assertThat(tailer.poll()).isNull();
            assertThat(writer.status().durableSequence()).isEqualTo(1);

            barriers.release(10);

            assertThat(Fixtures.read(tailer, 1)).hasSize(1);
            assertThat(writer.status().durableSequence()).isEqualTo(2);
            assertThat(writer.status().durability()).isEqualTo("strict");
        }
    }

    @Test
    void intervalAnnouncesFirstAndABarrierFollows() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        Barrier barrier = channel -> {
            asked.complete(null);
            go.join();
            Barrier.FORCE.force(channel);
        };
        try (JournalWriter writer = open(Durability.interval(Duration.ofMillis(20)), barrier);
                JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(1)) {
            Entry opened = Fixtures.read(tailer, 1).get(0);
            assertThat(Fixtures.text(opened)).contains("\"durability\":\"interval:20ms\"");
            assertThat(writer.status().durableSequence()).isZero();
            asked.get(30, TimeUnit.SECONDS);
            go.complete(null);
            Fixtures.appendText(writer, 1, NOW, "{}");
            Fixtures.read(tailer, 1);
            while (writer.status().durableSequence() < 2) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void osLeavesItToTheSystemUntilTheEndOfTheRun() throws Exception {
        AtomicInteger barriers = new AtomicInteger();
        Barrier barrier = channel -> {
            barriers.incrementAndGet();
            Barrier.FORCE.force(channel);
        };
        JournalWriter writer = open(Durability.OS, barrier);
        try (JournalReader reader = writer.reader();
                Tailer tailer = reader.tail(1)) {
            Fixtures.appendText(writer, 1, NOW, "{}");
            Fixtures.read(tailer, 2);
            assertThat(barriers).hasValue(0);
            assertThat(writer.status().durableSequence()).isZero();
        }
        writer.close();
        assertThat(barriers).hasValue(1);
        assertThat(writer.status().durableSequence()).isEqualTo(3);
    }

    @Test
    void aBarrierThatFailsAfterTheAnnouncementLosesNoEntryAndTheNextGoIntoAnotherFile() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        CompletableFuture<Void> failed = new CompletableFuture<>();
        Barrier barrier = channel -> {
            if (fails.getAndSet(false)) {
                failed.complete(null);
                throw new IOException("Input/output error");
            }
            Barrier.FORCE.force(channel);
        };
        try (JournalWriter writer = open(Durability.interval(Duration.ofMillis(1)), barrier)) {
            fails.set(true);
            Fixtures.appendText(writer, 1, NOW, "{\"n\":1}");
            failed.get(30, TimeUnit.SECONDS);
            Fixtures.appendText(writer, 1, NOW, "{\"n\":2}");
            Fixtures.appendText(writer, 1, NOW, "{\"n\":3}");
        }
        assertThat(Segment.list(data.resolve("main/journal"))).hasSize(2);
        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            assertThat(entries).extracting(Entry::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(entries.subList(1, 4))
                    .extracting(Fixtures::text)
                    .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
        }
    }

    @Test
    void killedAWeakerModeHasLostNothing() throws Exception {
        for (Durability durability : List.of(Durability.OS, Durability.interval(Duration.ofHours(1)))) {
            JournalWriter writer = open(durability, channel -> {
                throw new IOException("never reached the disk");
            });
            long before = writer.status().visibleSequence();
            try (JournalReader reader = writer.reader();
                    Tailer tailer = reader.tail(1)) {
                Fixtures.appendText(writer, 1, NOW, "{}");
                assertThat(Fixtures.read(tailer, (int) before + 1)).hasSize((int) before + 1);
            }
            writer.close();
            assertThat(writer.status().durableSequence())
                    .as("what no barrier has brought to the disk is not called durable")
                    .isEqualTo(before - 1);
        }
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader)).extracting(Entry::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        }
    }

    @Test
    void anIntervalIsMoreThanNothing() {
        assertThatThrownBy(() -> Durability.interval(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The time between two barriers is more than 0, not PT0S");
    }
}
