package io.zoomws.journal;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a reserve free: says that nothing more should be received before the reserve is touched. What is on its way then
 * fits into the margin, and the reserve is there for the log, for cursors and for whoever makes room. For the writer thread.
 */
final class SpaceGuard {

    private static final long USUAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long MOST_USUAL_BYTES = 1L << 30;

    /** A small file system is not to be all reserve. */
    private static final int SHARE = 20;

    private final Path journal;
    private final DiskSpace disk;
    private final Trouble trouble;
    private final long reserveBytes;
    private final long marginBytes;
    private boolean low;
    private long lookedAtNanos = System.nanoTime() - USUAL_NANOS;
    private long writtenSince;

    /**
     * A guard that has not looked yet.
     *
     * @param reserveBytes as in the settings
     * @param marginBytes what may still be written after it was said that nothing more should come; less on a small file system
     */
    SpaceGuard(Path journal, DiskSpace disk, Trouble trouble, long reserveBytes, long marginBytes) {
        this.journal = journal;
        this.disk = disk;
        this.trouble = trouble;
        long totalBytes = journal.toFile().getTotalSpace();
        this.reserveBytes = reserve(reserveBytes, totalBytes);
        this.marginBytes = margin(marginBytes, totalBytes);
    }

    /** The reserve on a file system of that size. */
    static long reserve(long configuredBytes, long totalBytes) {
        return configuredBytes == JournalSettings.USUAL_RESERVE
                ? Math.min(MOST_USUAL_BYTES, totalBytes / SHARE)
                : configuredBytes;
    }

    /** The margin above the reserve on a file system of that size. */
    static long margin(long wantedBytes, long totalBytes) {
        return Math.min(wantedBytes, totalBytes / SHARE);
    }

    /** What is kept free; 0 if nothing is. */
    long reserveBytes() {
        return reserveBytes;
    }

    /** So many bytes were written. */
    void written(long bytes) {
        writtenSince += bytes;
    }

    /** How long to wait for the next look; for ever if there is no reserve. */
    long untilDueNanos(long nowNanos) {
        if (reserveBytes == 0) {
            return Long.MAX_VALUE;
        }
        return writtenSince > marginBytes / 4
                ? 0
                : Math.max(0, (low ? LOW_NANOS : USUAL_NANOS) - (nowNanos - lookedAtNanos));
    }

    /** Looks, and tells a change. It goes on only with twice the margin, so that it does not flap. */
    void look(long nowNanos) {
        if (reserveBytes == 0) {
            return;
        }
        lookedAtNanos = nowNanos;
        writtenSince = 0;
        long usable = disk.usableBytes(journal);
        if (usable < reserveBytes + marginBytes) {
            low = true;
            trouble.begin(
                    Trouble.Part.SPACE,
                    megabytes(usable) + " are free in " + journal + ", and the reserve is " + megabytes(reserveBytes)
                            + " (zoomws.journal.reserve): make room");
        } else if (low && usable >= reserveBytes + 2 * marginBytes) {
            low = false;
            trouble.end(Trouble.Part.SPACE);
        }
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
