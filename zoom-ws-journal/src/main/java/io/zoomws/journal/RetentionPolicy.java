package io.zoomws.journal;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of a journal is kept. Each limit that is given applies; what one of them wants removed is removed.
 *
 * @param maxAge a segment goes when its newest entry is older than this
 * @param maxBytes the oldest segments go until the rest is not larger than this
 * @param keepFreeBytes the oldest segments go until so much is free on that file system, whoever filled it
 */
public record RetentionPolicy(Optional<Duration> maxAge, OptionalLong maxBytes, OptionalLong keepFreeBytes) {

    /** Nothing is ever removed. */
    public static final RetentionPolicy KEEP_ALL =
            new RetentionPolicy(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

    /** Refuses limits below zero. */
    public RetentionPolicy {
        if (maxAge.filter(Duration::isNegative).isPresent() || maxBytes.orElse(0) < 0 || keepFreeBytes.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "Limits of retention are 0 or more, not " + maxAge + ", " + maxBytes + ", " + keepFreeBytes);
        }
    }

    /**
     * Whether there is any limit.
     *
     * @return false if nothing would ever be removed
     */
    public boolean isLimited() {
        return maxAge.isPresent() || maxBytes.isPresent() || keepFreeBytes.isPresent();
    }
}
