package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
}
