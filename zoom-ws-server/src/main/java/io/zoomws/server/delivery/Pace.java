package io.zoomws.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When entries are due in a replay that keeps their timing: the first one at once, and each later one as long after it as it was
 * received after it, divided by the speed. Who falls behind, because a handler is slow, catches up. Pure: it does not wait.
 */
final class Pace {

    private final Speed speed;
    private final LongSupplier nanoTime;
    private @Nullable Instant first;
    private long firstNanos;

    Pace(Speed speed, LongSupplier nanoTime) {
        this.speed = speed;
        this.nanoTime = nanoTime;
    }

    /** How long it is until an entry received then is due; zero if it is. */
    Duration delay(Instant receivedAt) {
        long now = nanoTime.getAsLong();
        if (first == null) {
            first = receivedAt;
            firstNanos = now;
        }
        Duration since = Duration.between(first, receivedAt);
        double seconds = (since.getSeconds() + since.getNano() / 1e9) / speed.factor();
        // Saturates: at a speed of 0.000001x a year is longer than a long number of nanoseconds.
        long dueNanos = Math.round(seconds * 1e9);
        return Duration.ofNanos(Math.max(0, dueNanos - (now - firstNanos)));
    }
}
