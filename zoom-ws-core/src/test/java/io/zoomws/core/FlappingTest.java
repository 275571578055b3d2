package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that confirms each connection and closes it at once, thousands of times: {@code -Dcampaign.flaps=10000} for more. */
@Timeout(180)
class FlappingTest {

    private static final int FLAPS = Integer.getInteger("campaign.flaps", 3_000);

    private static final BackOff NONE = new BackOff(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(60),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Integer.MAX_VALUE,
            Duration.ofMillis(1));

    /** Counts only: thousands of lines of each kind would be a leak of the test's own. */
    private static final class Counter implements FrameSink, ConnectionListener {
        private final CountDownLatch connections = new CountDownLatch(FLAPS);
        private final AtomicLong gaps = new AtomicLong();

        @Override
        public boolean accept(FrameType type, long connection, long received, long proven, ByteBuffer payload) {
            return true;
        }

        @Override
        public void connected(long connection, long atNanos) {
            connections.countDown();
        }

        @Override
        public void disconnected(long connection, long atNanos, String cause) {
            // Each is a gap as well.
        }

        @Override
        public void gap(long fromNanos, long toNanos, String cause) {
            gaps.incrementAndGet();
        }

        @Override
        public void changed(ConnectionStatus status) {
            // Nothing to count.
        }
    }

    @Test
    void leavesNoThreadSocketOrBufferBehindAndAsksForOneToken() throws Exception {
        FakeTokens tokens = new FakeTokens();
        Counter counter = new Counter();
        Set<String> threads = threads();
        long files = openFiles();
        long buffers = pooledBytes();
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.confirm().closeFrame(1000, "Bye");
            while (peer.read().opcode() != 8) {
                // The first heartbeat may come before the answer to the close.
            }
        })) {
            ConnectionSettings settings =
                    ConnectionSettings.of(server.url(), "id").withBackOff(NONE);
            try (ZoomConnection connection =
                    new ZoomConnection(settings, tokens, counter, counter, 1, Optional.empty())) {
                connection.start();
                counter.connections.await();
                assertThat(connection.status().reconnects()).containsOnlyKeys(ReconnectCause.DROPPED);
            }
        }
        assertThat(counter.gaps.get()).as("a gap for each end").isGreaterThanOrEqualTo(FLAPS - 1L);
        assertThat(tokens.issued).as("a drop is no reason for a new token").hasValue(1);
        awaitNoNew(threads);
        assertThat(openFiles()).as("open files").isLessThan(files + 50);
        assertThat(pooledBytes()).as("bytes of pooled buffers").isLessThan(buffers + (64 << 20));
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    private static void awaitNoNew(Set<String> before) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("zoom-ws") && !before.contains(thread.getName())) {
                thread.join(60_000);
                assertThat(thread.isAlive())
                        .as("%s is left behind", thread.getName())
                        .isFalse();
            }
        }
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static long pooledBytes() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
                + PooledByteBufAllocator.DEFAULT.metric().usedHeapMemory();
    }
}
