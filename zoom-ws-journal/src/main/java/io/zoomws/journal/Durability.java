package io.zoomws.journal;

import java.time.Duration;

/**
 * When an entry may be announced to readers, and so to plugins: what a power cut may cost. Killing the process costs nothing
 * in any mode, since what was written is with the operating system.
 *
 * @param text as a user writes it: {@code strict}, {@code interval:50ms} or {@code os}
 * @param barrierEvery 0: before each announcement; otherwise entries are announced when they are written, and a barrier follows
 *     within this time
 */
public record Durability(String text, Duration barrierEvery) {

    /** An entry is announced when a barrier has brought it to the disk. Entries that come together share a barrier. */
    public static final Durability STRICT = new Durability("strict", Duration.ZERO);

    /** The operating system decides; a barrier comes only with the end of a segment and of the run. */
    public static final Durability OS = new Durability("os", Duration.ofNanos(Long.MAX_VALUE));

    /** Refuses what cannot be. */
    public Durability {
        if (barrierEvery.isNegative()) {
            throw new IllegalArgumentException("'" + text + "': the time between two barriers is more than 0");
        }
    }

    /**
     * Announces first, with a barrier soon after.
     *
     * @param every the longest time between an announcement and its barrier
     * @return the mode {@code interval}
     */
    public static Durability interval(Duration every) {
        if (every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException("The time between two barriers is more than 0, not " + every);
        }
        return new Durability("interval:" + every.toMillis() + "ms", every);
    }

    /**
     * Whether announced entries survive a power cut.
     *
     * @return false for every mode but {@link #STRICT}
     */
    public boolean isStrict() {
        return barrierEvery.isZero();
    }

    long barrierEveryNanos() {
        return Times.nanos(barrierEvery);
    }
}
