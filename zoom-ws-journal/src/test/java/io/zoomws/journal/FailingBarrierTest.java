package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingBarrierTest {

    private static final long NOW = Fixtures.START_NANOS;

    @TempDir
    Path data;

    private JournalWriter open(Barrier barrier) {
        return JournalWriter.open(data, "main", Clock.systemUTC(), JournalSettings.DEFAULT, barrier);
    }

    @Test
    void aFailedBarrierEndsAcknowledgementForGood() throws Exception {
        for (int failing = 2; failing <= 12; failing++) {
            AtomicInteger calls = new AtomicInteger();
            int at = failing;
            Barrier barrier = channel -> {
                if (calls.incrementAndGet() == at) {
                    throw new IOException("Input/output error");
                }
                Barrier.FORCE.force(channel);
            };
            JournalWriter writer = open(barrier);
            String why = "The journal " + data.resolve("main/journal")
                    + " failed and takes no more: Input/output error. Mend the disk, then start again;"
                    + " nothing acknowledged is lost.";
            assertThatThrownBy(() -> appendUntilRefused(writer))
                    .isInstanceOf(JournalException.class)
                    .hasMessage(why);
            assertThat(calls).as("no barrier after the failed one").hasValue(at);
            assertThat(writer.status().state()).isEqualTo(JournalStatus.State.FAILED);
            assertThat(writer.status().failure()).contains(why);
            long durable = writer.status().durableSequence();
            assertThat(writer.status().appendedSequence()).isGreaterThan(durable);
            writer.close();
            assertThat(writer.status().state()).isEqualTo(JournalStatus.State.FAILED);
            assertThat(writer.status().visibleSequence()).isEqualTo(durable);
            try (JournalReader reader = Journals.openReader(data, "main")) {
                assertThat(Fixtures.readAll(reader)).hasSize((int) durable);
            }
        }
    }

    /** One at a time, so that each entry has a barrier of its own. */
    private static void appendUntilRefused(JournalWriter writer) {
        while (true) {
            Fixtures.appendText(writer, 1, NOW, "{}");
            long sequence = writer.status().appendedSequence();
            while (writer.status().durableSequence() < sequence
                    && writer.status().failure().isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aJournalThatCannotWriteItsFirstEntryDoesNotOpen() {
        assertThatThrownBy(() -> open(channel -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(JournalException.class)
                .hasMessage("The journal " + data.resolve("main/journal")
                        + " failed and takes no more: No space left on device. Mend the disk, then start again;"
                        + " nothing acknowledged is lost.");
        open(Barrier.FORCE).close();
    }

    @Test
    void aSlowDiskAsksToStopAndSaysWhenToGoOn() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CompletableFuture<Void> go = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        Barrier barrier = channel -> {
            if (calls.incrementAndGet() == 2) {
                stalled.countDown();
                go.join();
            }
            Barrier.FORCE.force(channel);
        };
        JournalSettings small = new JournalSettings(10_000, 1 << 20, 1000, Duration.ofHours(1));
        try (JournalWriter writer = JournalWriter.open(data, "main", Clock.systemUTC(), small, barrier);
                AutoCloseable released = () -> go.complete(null)) {
            assertThat(released).isNotNull();
            CountDownLatch drained = new CountDownLatch(1);
            writer.onDrained(drained::countDown);
            assertThat(Fixtures.appendText(writer, 1, NOW, "{}")).isTrue();
            stalled.await();
            int taken = 0;
            while (writer.append(StoredKind.BINARY_FRAME, 1, NOW, 0, ByteBuffer.allocate(1000))) {
                taken++;
            }
            assertThat(taken).isBetween(5, 10);
            assertThat(writer.status().durableSequence()).isEqualTo(1);
            assertThat(drained.getCount()).isEqualTo(1);

            go.complete(null);

            assertThat(drained.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Fixtures.appendText(writer, 1, NOW, "{}")).isTrue();
        }
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader)).hasSizeBetween(10, 15);
        }
    }

    @Test
    void theLockIsLetGoOnlyWhenTheThreadsHaveEnded() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CountDownLatch stalled = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Barrier barrier = channel -> {
            if (calls.incrementAndGet() == 2) {
                stalled.countDown();
                go.join();
            }
            Barrier.FORCE.force(channel);
        };
        AtomicBoolean broken = new AtomicBoolean();
        InstantSource clock = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no clock");
            }
            return Times.instant(NOW);
        };
        JournalWriter writer = JournalWriter.open(data, "main", clock, JournalSettings.DEFAULT, barrier);
        Fixtures.appendText(writer, 1, NOW, "{}");
        stalled.await();
        broken.set(true);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(writer::close);

        assertThatThrownBy(() -> open(Barrier.FORCE))
                .as("the writer thread is still in its barrier")
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(" is in use by ");
        go.complete(null);

        assertThatThrownBy(closing::join).hasRootCauseMessage("no clock");
        open(Barrier.FORCE).close();
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader)).hasSize(4);
        }
    }

    @Test
    void anIntakeThatIsFullStillTakesTheLastWord() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        AtomicBoolean stall = new AtomicBoolean();
        Barrier barrier = channel -> {
            if (stall.get()) {
                go.join();
            }
            Barrier.FORCE.force(channel);
        };
        JournalWriter writer = open(barrier);
        stall.set(true);
        ByteBuffer large = ByteBuffer.allocate(16 << 20);
        assertThatThrownBy(() -> {
                    while (true) {
                        writer.append(StoredKind.BINARY_FRAME, 1, NOW, 0, large);
                    }
                })
                .hasMessageContaining(" bytes waiting for the disk and takes no more");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(writer::close);
        while (writer.status().state() == JournalStatus.State.RUNNING) {
            Thread.onSpinWait();
        }
        go.complete(null);
        closing.join();

        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            assertThat(entries.get(entries.size() - 1).kind()).isEqualTo(EntryKind.CLOSED);
        }
    }
}
