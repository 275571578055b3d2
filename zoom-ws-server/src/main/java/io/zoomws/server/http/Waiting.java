package io.zoomws.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Knows since when each of several things has waited, and gives up those that have waited for too long. Any thread.
 *
 * @param <T> what waits
 */
final class Waiting<T> {

    /** Stands for one that does not wait just now. */
    private static final long BUSY = Long.MIN_VALUE;

    private final Map<T, Long> since = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final long longestNanos;
    private final Consumer<T> giveUp;

    Waiting(LongSupplier nanoTime, long longestNanos, Consumer<T> giveUp) {
        this.nanoTime = nanoTime;
        this.longestNanos = longestNanos;
        this.giveUp = giveUp;
    }

    /** One more waits. */
    void add(T one) {
        since.put(one, nanoTime.getAsLong());
    }

    void remove(T one) {
        since.remove(one);
    }

    /** One that is known waits no more. */
    void busy(T one) {
        since.computeIfPresent(one, (known, before) -> BUSY);
    }

    /** One that is known waits again, from now on. */
    void idle(T one) {
        since.computeIfPresent(one, (known, before) -> nanoTime.getAsLong());
    }

    /** Gives up those that have waited for too long. They remain until they are removed. */
    void sweep() {
        long now = nanoTime.getAsLong();
        since.forEach((one, begun) -> {
            if (begun != BUSY && now - begun >= longestNanos) {
                giveUp.accept(one);
            }
        });
    }
}
