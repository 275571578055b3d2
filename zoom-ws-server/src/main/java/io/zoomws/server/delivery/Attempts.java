package io.zoomws.server.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides how often, and after which delays, one entry is offered again to a handler that failed. Pure: it neither waits nor
 * calls.
 */
final class Attempts {

    /** How often an entry is offered again after a failure that is no {@code RetryLater}. */
    static final int RETRIES = 3;

    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final RandomGenerator random;
    private int attempt;
    private int postponed;
    private int failed;

    /**
     * Nothing has been tried yet, in this round.
     *
     * @param before how often the entry was delivered in earlier rounds
     */
    Attempts(RandomGenerator random, int before) {
        this.random = random;
        this.attempt = before + 1;
    }

    /** The number of the attempt that comes next or is under way, from 1. */
    int number() {
        return attempt;
    }

    /** The target is away. The delay before the next attempt; there always is one. */
    Duration postponed() {
        attempt++;
        postponed++;
        return delay(postponed);
    }

    /** The handler failed. The delay before the next attempt, or empty if the entry is to be parked. */
    Optional<Duration> failed() {
        attempt++;
        failed++;
        if (failed > RETRIES) {
            return Optional.empty();
        }
        return Optional.of(delay(failed));
    }

    /** Doubles up to the longest; then between half of it and all of it, so that many handlers do not come back together. */
    private Duration delay(int times) {
        long doubled = SHORTEST.toMillis() << Math.min(times - 1, 20);
        long capped = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(capped / 2 + random.nextLong(capped / 2 + 1));
    }
}
