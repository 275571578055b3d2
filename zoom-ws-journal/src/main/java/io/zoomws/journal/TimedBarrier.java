package io.zoomws.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Measures how long a barrier takes: what a slow disk shows first. Only those that succeed are counted; one that fails is told
 * in other ways. For one thread; asked by any.
 */
final class TimedBarrier implements Barrier {

    /** From what a good disk needs to what nobody wants to wait for. */
    private static final List<Duration> BOUNDS = List.of(
            Duration.ofNanos(100_000),
            Duration.ofNanos(250_000),
            Duration.ofNanos(500_000),
            Duration.ofMillis(1),
            Duration.ofNanos(2_500_000),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    private final Barrier barrier;
    private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS.size() + 1);
    private final AtomicLong totalNanos = new AtomicLong();

    TimedBarrier(Barrier barrier) {
        this.barrier = barrier;
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        long begin = System.nanoTime();
        barrier.force(channel);
        took(System.nanoTime() - begin);
    }

    void took(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.size() && nanos > BOUNDS.get(bucket).toNanos()) {
            bucket++;
        }
        totalNanos.addAndGet(nanos);
        buckets.incrementAndGet(bucket);
    }

    /** So far; the sum may be one barrier ahead of the counts. */
    JournalStatus.Barriers now() {
        List<JournalStatus.Barriers.AtMost> atMost = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < BOUNDS.size(); i++) {
            count += buckets.get(i);
            atMost.add(new JournalStatus.Barriers.AtMost(BOUNDS.get(i), count));
        }
        return new JournalStatus.Barriers(
                count + buckets.get(BOUNDS.size()), Duration.ofNanos(totalNanos.get()), atMost);
    }
}
