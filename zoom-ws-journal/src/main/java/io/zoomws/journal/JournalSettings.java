package io.zoomws.journal;

import java.time.Duration;

/**
 * How a journal is written.
 *
 * @param highWaterBytes waiting for the disk, from which on append asks to stop; what a slow disk may cost in memory
 * @param segmentBytes at which a new segment is begun; also what opening after a crash may have to read
 * @param duplicateEvents how many events back a copy is recognised
 * @param duplicateAge how far back in time a copy is recognised
 * @param durability when entries are announced
 * @param reserveBytes of the file system that are to stay free: before they are touched, whoever brings frames is told to stop; 0
 *     for none, or {@link #USUAL_RESERVE}
 */
public record JournalSettings(
        int highWaterBytes,
        long segmentBytes,
        int duplicateEvents,
        Duration duplicateAge,
        Durability durability,
        long reserveBytes) {

    /** A reserve of 1 GiB, or of a twentieth of the file system if that is less. */
    public static final long USUAL_RESERVE = -1;

    /** 8 MiB waiting, segments of 32 MiB, copies recognised among the last 100,000 events of a day, strict, no reserve. */
    public static final JournalSettings DEFAULT =
            new JournalSettings(8 << 20, 32L << 20, 100_000, Duration.ofHours(24), Durability.STRICT, 0);

    private static final int MARGIN_BATCHES = 4;

    /** Refuses what cannot work. */
    public JournalSettings {
        if (highWaterBytes < 1
                || segmentBytes < 1
                || duplicateEvents < 1
                || duplicateAge.isNegative()
                || reserveBytes < USUAL_RESERVE) {
            throw new IllegalArgumentException(
                    "Sizes and counts of a journal are 1 or more, its duplicate age and its reserve 0 or more");
        }
    }

    /** Free space above the reserve for what comes after callers were told to stop: the entries, and the index of them. */
    long marginBytes() {
        return MARGIN_BATCHES * (long) highWaterBytes;
    }

    /**
     * Strict, without a reserve.
     *
     * @param highWaterBytes as in the record
     * @param segmentBytes as in the record
     * @param duplicateEvents as in the record
     * @param duplicateAge as in the record
     */
    public JournalSettings(int highWaterBytes, long segmentBytes, int duplicateEvents, Duration duplicateAge) {
        this(highWaterBytes, segmentBytes, duplicateEvents, duplicateAge, Durability.STRICT, 0);
    }

    /**
     * The same with another durability.
     *
     * @param other when entries are announced
     * @return new settings
     */
    public JournalSettings withDurability(Durability other) {
        return new JournalSettings(highWaterBytes, segmentBytes, duplicateEvents, duplicateAge, other, reserveBytes);
    }

    /**
     * The same with another reserve.
     *
     * @param bytes to stay free, 0 for none, or {@link #USUAL_RESERVE}
     * @return new settings
     */
    public JournalSettings withReserve(long bytes) {
        return new JournalSettings(highWaterBytes, segmentBytes, duplicateEvents, duplicateAge, durability, bytes);
    }

    /**
     * The same with another bound for what waits in memory.
     *
     * @param bytes waiting for the disk, from which on append asks to stop
     * @return new settings
     */
    public JournalSettings withHighWater(int bytes) {
        return new JournalSettings(bytes, segmentBytes, duplicateEvents, duplicateAge, durability, reserveBytes);
    }
}
