package io.zoomws.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.Secret;
import io.zoomws.auth.TokenSource;
import io.zoomws.core.ConnectionSettings;
import io.zoomws.core.ZoomConnection;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events faster than Zoom was ever seen to send them, from the socket into the journal. For a minute at 100,000 a second:
 * {@code -Dcampaign.flood.events=6000000 -Dcampaign.flood.rate=100000}; no rate is asserted, what was reached is printed.
 */
@Timeout(1800)
class FloodTest {

    private static final long EVENTS = Long.getLong("campaign.flood.events", 20_000);
    private static final long RATE = Long.getLong("campaign.flood.rate", 100_000);

    @TempDir
    private Path data;

    @Test
    void nothingIsLostTheMemoryIsBoundedAndHeartbeatsAreAnswered() throws Exception {
        try (FloodServer zoom = new FloodServer(EVENTS, RATE)) {
            ConnectionSettings settings = ConnectionSettings.of(zoom.url(), "id");
            try (JournalWriter journal = JournalWriter.open(data, "main");
                    JournalReader reader = Journals.openReader(data, "main")) {
                JournalingListener listener = new JournalingListener("main", journal);
                FrameCounter frames = new FrameCounter(listener);
                ZoomConnection connection =
                        new ZoomConnection(settings, new OneToken(), frames, listener, 1, Optional.empty());
                try (connection) {
                    journal.onDrained(connection::resumeReading);
                    connection.start();
                    long begin = System.nanoTime();
                    long written = zoom.elapsedNanos().get(30, TimeUnit.MINUTES);
                    while (frames.counts().text() < EVENTS) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                    }
                    long last = journal.status().appendedSequence();
                    while (journal.status().durableSequence() < last) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                    }
                    long durable = System.nanoTime() - begin;
                    System.out.printf(
                            "%d events, asked for at %d/s: written in %.2f s (%.0f/s), durable after %.2f s (%.0f/s);"
                                    + " heap peak %d MB of %d MB%n",
                            EVENTS,
                            RATE,
                            written / 1e9,
                            EVENTS * 1e9 / written,
                            durable / 1e9,
                            EVENTS * 1e9 / durable,
                            heapPeak() >> 20,
                            Runtime.getRuntime().maxMemory() >> 20);
                    System.out.println("processor time per event: " + processorTimes());
                    assertThat(connection.status().connection()).as("never cut").isEqualTo(1);
                    assertThat(connection.status().heartbeatRoundTrip()).isPresent();
                }
                assertEveryEvent(reader);
            }
        }
    }

    private static void assertEveryEvent(JournalReader reader) throws InterruptedException {
        long next = 0;
        try (Tailer tailer = reader.tail(1)) {
            while (next < EVENTS) {
                Entry entry = tailer.poll(Duration.ofMinutes(1));
                assertThat(entry).as("entry after event %d", next).isNotNull();
                if (entry.kind() == EntryKind.EVENT) {
                    assertThat(FloodServer.number(entry.payload())).isEqualTo(next);
                    next++;
                }
            }
        }
    }

    /** What one thread spends on an event limits the rate, however busy the machine is with other things. */
    private static String processorTimes() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().matches("zoom.*"))
                .filter(thread -> threads.getThreadCpuTime(thread.getThreadId()) > EVENTS * 100)
                .map(thread ->
                        thread.getThreadName() + " " + threads.getThreadCpuTime(thread.getThreadId()) / EVENTS + " ns")
                .collect(Collectors.joining(", "));
    }

    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static final class OneToken implements TokenSource {
        @Override
        public CompletableFuture<AccessToken> current() {
            return CompletableFuture.completedFuture(
                    new AccessToken(Secret.of("token"), Instant.now().plus(Duration.ofHours(1))));
        }

        @Override
        public CompletableFuture<AccessToken> fresh(AccessToken unwanted) {
            return current();
        }
    }
}
