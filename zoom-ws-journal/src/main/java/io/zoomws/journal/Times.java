package io.zoomws.journal;

import java.time.Duration;
import java.time.Instant;

/** Epoch nanoseconds and the types of {@code java.time}. A long holds them until the year 2262. */
final class Times {

    private static final long SECOND = 1_000_000_000L;

    private Times() {}

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** Instants beyond what a long can hold become the nearest that it can. */
    static long nanos(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
        } catch (ArithmeticException e) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** A time to wait, at most a hundred years. */
    static long nanos(Duration duration) {
        Duration most = Duration.ofDays(36_500);
        return duration.compareTo(most) > 0 ? most.toNanos() : duration.toNanos();
    }
}
