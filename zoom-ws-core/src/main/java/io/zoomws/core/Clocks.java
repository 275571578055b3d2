package io.zoomws.core;

import java.time.Instant;

/** The two clocks of a {@link Moment}; tests bring their own. */
interface Clocks {

    long wallNanos();

    long monotonicNanos();

    default Moment now() {
        return new Moment(wallNanos(), monotonicNanos());
    }

    static Clocks system() {
        return new Clocks() {
            @Override
            public long wallNanos() {
                return nanos(Instant.now());
            }

            @Override
            public long monotonicNanos() {
                return System.nanoTime();
            }
        };
    }

    static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    static Instant instant(long wallNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(wallNanos, 1_000_000_000L), Math.floorMod(wallNanos, 1_000_000_000L));
    }
}
