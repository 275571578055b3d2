package io.zoomws.camel;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * Failed deliveries that wait for their next attempt, at most maxInflight of them. The delay doubles with each failure up to
 * {@link #LONGEST}. Confined to the pump's thread.
 */
final class Redeliveries {

    static final Duration LONGEST = Duration.ofMinutes(1);

    private record Waiting(Delivery delivery, long dueNanos) {}

    private final Duration first;
    private final LongSupplier nanoTime;
    private final long originNanos;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::dueNanos));

    Redeliveries(Duration first, LongSupplier nanoTime) {
        this.first = first;
        this.nanoTime = nanoTime;
        this.originNanos = nanoTime.getAsLong();
    }

    /**
     * A delivery failed.
     *
     * @return how long the next attempt waits
     */
    Duration add(Delivery failed) {
        int doublings = Math.min(failed.attempt() - 1, 16);
        long longest = Math.max(LONGEST.toNanos(), first.toNanos());
        // Limited before it is doubled, so that nothing overflows.
        long delay = first.toNanos() > longest >> doublings ? longest : first.toNanos() << doublings;
        waiting.add(new Waiting(failed.again(), now() + delay));
        return Duration.ofNanos(delay);
    }

    /** The next delivery whose delay is over; it is taken out. */
    Optional<Delivery> due() {
        Waiting head = waiting.peek();
        if (head == null || head.dueNanos() > now()) {
            return Optional.empty();
        }
        waiting.remove();
        return Optional.of(head.delivery());
    }

    /** How long until the next is due, at most a limit. */
    Duration untilDue(Duration limit) {
        Waiting head = waiting.peek();
        if (head == null) {
            return limit;
        }
        long nanos = Math.max(0, head.dueNanos() - now());
        return nanos < limit.toNanos() ? Duration.ofNanos(nanos) : limit;
    }

    int size() {
        return waiting.size();
    }

    private long now() {
        return nanoTime.getAsLong() - originNanos;
    }
}
