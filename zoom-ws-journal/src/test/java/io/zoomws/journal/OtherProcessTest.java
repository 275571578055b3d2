package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherProcessTest {

    private static final long NOW = Fixtures.START_NANOS;

    @TempDir
    Path data;

    @Test
    void aReaderInAnotherProcessSeesWhatIsDurableAndNothingBeyond() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CountDownLatch stalled = new CountDownLatch(1);
        AtomicBoolean stall = new AtomicBoolean();
        Barrier barrier = channel -> {
            if (stall.get()) {
                stalled.countDown();
                go.join();
            }
            Barrier.FORCE.force(channel);
        };
        try (JournalWriter writer =
                        JournalWriter.open(data, "main", Clock.systemUTC(), JournalSettings.DEFAULT, barrier);
                JournalChild child = JournalChild.start("read", data);
                AutoCloseable released = () -> go.complete(null)) {
            assertThat(released).isNotNull();
            assertThat(child.ask("poll")).isEqualTo("2");
            stall.set(true);
            Fixtures.appendText(writer, 1, NOW, "{\"n\":1}");
            stalled.await();
            assertThat(child.ask("poll")).as("written, not durable").isEqualTo("2");
            assertThat(child.ask("wait")).isEqualTo("waiting");
            stall.set(false);
            go.complete(null);
            assertThat(child.line()).isEqualTo("control 2 {\"n\":1}");
            for (int i = 3; i < 100; i++) {
                assertThat(child.ask("wait")).isEqualTo("waiting");
                Fixtures.appendText(writer, 1, NOW, "{\"n\":" + i + "}");
                assertThat(child.line()).isEqualTo("control " + i + " {\"n\":" + i + "}");
            }
        }
    }

    @Test
    void aWriterInAnotherProcessIsNamedAndItsLockEndsWithIt() throws Exception {
        try (JournalChild child = JournalChild.start("open", data)) {
            assertThat(child.line()).isEqualTo("open 1");
            assertThatThrownBy(() -> JournalWriter.open(data, "main"))
                    .isInstanceOf(JournalException.class)
                    .hasMessageMatching("\\QThe journal " + data.resolve("main/journal") + " is in use by process "
                            + child.pid() + " on \\E\\S+ since \\S+Z\\. Stop that one first, or use another\\.");
            child.kill();
            JournalWriter writer = JournalWriter.open(data, "main");
            assertThat(writer.status().epoch()).isEqualTo(2);
            writer.close();
        }
    }

    @Test
    void whoHoldsAJournalIsToldWithoutLeavingATrace() throws Exception {
        assertThat(Journals.holder(data, "main")).isEmpty();
        assertThat(data.resolve("main")).doesNotExist();
        try (JournalChild child = JournalChild.start("open", data)) {
            assertThat(child.line()).isEqualTo("open 1");
            assertThat(Journals.holder(data, "main")).hasValueSatisfying(holder -> assertThat(holder)
                    .matches("\\Qprocess " + child.pid() + " on \\E\\S+ since \\S+Z"));
            child.kill();
            assertThat(Journals.holder(data, "main")).isEmpty();
        }
    }

    @Test
    void aKilledWriterLeavesAnOpenGapFromItsLastProof() throws Exception {
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            writer.append(StoredKind.CONNECTED, 1, NOW, NOW, Fixtures.bytes("{}"));
        }
        try (JournalChild child = JournalChild.start("open", data)) {
            assertThat(child.line()).isEqualTo("open 2");
            child.kill();
            assertThat(Journals.openGap(data, "main")).contains(new OpenGap(Times.instant(NOW), "crash"));
        }
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            assertThat(writer.lastRun()).contains(new LastRun(NOW, false, false));
        }
    }

    @Test
    void waitingCostsNoProcessorTime() throws Exception {
        JournalWriter.open(data, "main").close();
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(3)) {
            tailer.poll(Duration.ofMillis(10));
            var threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();

            assertThat(tailer.poll(Duration.ofMillis(500))).isNull();

            assertThat(threads.getCurrentThreadCpuTime() - before)
                    .isLessThan(Duration.ofMillis(50).toNanos());
        }
    }

    @Test
    void anInterruptedWaitLeavesTheTailerUsable() throws Exception {
        JournalWriter.open(data, "main").close();
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(3)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> tailer.poll(Duration.ofSeconds(30))).isInstanceOf(InterruptedException.class);
            JournalWriter.open(data, "main").close();
            assertThat(Fixtures.read(tailer, 2)).hasSize(2);
        }
    }
}
