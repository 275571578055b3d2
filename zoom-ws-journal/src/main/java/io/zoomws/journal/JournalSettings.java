package io.zoomws.journal;

import java.time.Duration;

/**
 * How a journal is written.
 *
 * @param highWaterBytes waiting for the disk, from which on append asks to stop; what a slow disk may cost in memory
 * @param segmentBytes at which a new segment is begun; also what opening after a crash may have to read
 * @param duplicateEvents how many events back a copy is recognised
 * @param duplicateAge how far back in time a copy is recognised
 */
public record JournalSettings(int highWaterBytes, long segmentBytes, int duplicateEvents, Duration duplicateAge) {

    /** 8 MiB waiting, segments of 128 MiB, copies recognised among the last 100,000 events of a day. */
    public static final JournalSettings DEFAULT =
            new JournalSettings(8 << 20, 128L << 20, 100_000, Duration.ofHours(24));

    /** Refuses what cannot work. */
    public JournalSettings {
        if (highWaterBytes < 1 || segmentBytes < 1 || duplicateEvents < 1 || duplicateAge.isNegative()) {
            throw new IllegalArgumentException(
                    "Sizes and counts of a journal are 1 or more, its duplicate age 0 or more");
        }
    }
}
