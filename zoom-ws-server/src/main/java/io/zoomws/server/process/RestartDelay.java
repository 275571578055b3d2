package io.zoomws.server.process;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a process is started again. Pure. Between a second and an upper end that doubles with each end of a
 * process, up to a minute: so that a plugin that ends at once costs no more than that, and several do not start together.
 */
final class RestartDelay {

    /** A process that ran so long had been in order: its end counts as the first. */
    static final Duration STABLE = Duration.ofMinutes(1);

    private static final long LEAST_MILLIS = 1000;
    private static final long MOST_MILLIS = 60_000;

    private final RandomGenerator random;
    private int ends;

    RestartDelay(RandomGenerator random) {
        this.random = random;
    }

    /** After a process has ended that ran for this long. */
    Duration after(Duration ran) {
        ends = ran.compareTo(STABLE) >= 0 ? 1 : ends + 1;
        long upper = Math.min(MOST_MILLIS, LEAST_MILLIS << Math.min(ends, 10));
        return Duration.ofMillis(LEAST_MILLIS + random.nextLong(upper - LEAST_MILLIS + 1));
    }
}
