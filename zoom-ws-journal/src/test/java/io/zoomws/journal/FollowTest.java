package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Following is waiting in the kernel, not looking again and again. */
class FollowTest {

    private static final Duration AGES = Duration.ofHours(1);

    @TempDir
    Path data;

    /** Counts how often it is asked. */
    private static final class Counted implements Visibility {
        private final Visibility real;
        private final AtomicInteger asked = new AtomicInteger();

        Counted(Visibility real) {
            this.real = real;
        }

        @Override
        public Mark current() throws IOException {
            asked.incrementAndGet();
            return real.current();
        }

        @Override
        public boolean await(long sequence, long nanos) throws InterruptedException, IOException {
            asked.incrementAndGet();
            return real.await(sequence, nanos);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIdleFollowerIsParkedAndLooksOnceForEachWriteAtMost(boolean beside) throws Exception {
        Path journal = data.resolve("main/journal");
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            Counted visibility = new Counted(
                    beside ? new WatchedVisibility(journal) : ((FileJournalReader) writer.reader()).visibility());
            try (FileJournalReader reader = new FileJournalReader(journal, "main", visibility);
                    Tailer tailer = reader.tail(2, EnumSet.of(EntryKind.GAP), EventFilter.all())) {
                FutureTask<Entry> follower = new FutureTask<>(() -> tailer.poll(AGES));
                Thread thread = new Thread(follower, "follower");
                int before = visibility.asked.get();
                thread.start();
                int unwanted = 5;
                for (int i = 0; i < unwanted; i++) {
                    awaitParked(thread);
                    Fixtures.appendText(writer, 1, Fixtures.START_NANOS, "{}");
                    awaitVisible(writer, i + 2);
                }
                awaitParked(thread);
                writer.append(StoredKind.GAP, 0, Fixtures.START_NANOS, 0, Fixtures.bytes("{}"));

                assertThat(follower.get(30, TimeUnit.SECONDS).sequence()).isEqualTo(unwanted + 2L);
                assertThat(visibility.asked.get() - before)
                        .as("for each write: told of it, reads it, sees the end, and waits again")
                        .isLessThanOrEqualTo(3 * (unwanted + 2));
            }
        }
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    private static void awaitVisible(JournalWriter writer, long sequence) {
        while (writer.status().visibleSequence() < sequence) {
            Thread.onSpinWait();
        }
    }
}
