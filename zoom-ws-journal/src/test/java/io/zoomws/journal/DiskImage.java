package io.zoomws.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * What a power cut may leave of a journal: what a disk must keep, and of what was written since a random subset of pages and
 * sectors, of lengths and of names.
 */
final class DiskImage {

    static final int PAGE_BYTES = 4096;

    private static final int SECTOR_BYTES = 512;
    private static final double[] SHARES = {0, 0.1, 0.5, 0.9, 1};
    private static final long SPARSE_BYTES = 128L << 20;

    /** Reading the sparse rest of a file costs more than all else here. */
    private static final int SPARSE_ONE_IN = 64;

    private final CrashingDisk.Moment moment;
    private final Random random;
    private final Map<Path, Boolean> lostDirectories = new HashMap<>();
    private final double share;

    DiskImage(CrashingDisk.Moment moment, Random random) {
        this.moment = moment;
        this.random = random;
        this.share = SHARES[random.nextInt(SHARES.length)];
    }

    /** Writes the image to a directory that is not there yet. */
    void writeTo(Path journal) throws IOException {
        Privacy.createDirectories(journal);
        for (Map.Entry<Path, byte[]> file : moment.now().entrySet()) {
            Path name = file.getKey();
            if (!isLost(name)) {
                Path target = journal.resolve(name);
                Files.createDirectories(target.getParent());
                byte[] old = moment.kept().get(name);
                write(target, old == null ? new byte[0] : old, file.getValue());
            }
        }
    }

    /** Whether the name did not reach the disk, or that of its directory. */
    private boolean isLost(Path name) {
        Path directory = name.getParent();
        return directory != null && isNameLost(directory)
                || !moment.keptNames().contains(name) && random.nextDouble() > Math.max(share, 0.5);
    }

    private boolean isNameLost(Path directory) {
        return lostDirectories.computeIfAbsent(
                directory, it -> !moment.keptNames().contains(it) && random.nextInt(4) == 0);
    }

    private void write(Path target, byte[] old, byte[] now) throws IOException {
        byte[] mixed = mix(old, now);
        try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
            file.write(mixed);
            if (CrashingDisk.isCycle(target) && mixed.length > 0 && random.nextInt(SPARSE_ONE_IN) == 0) {
                file.setLength(SPARSE_BYTES);
            }
        }
    }

    private byte[] mix(byte[] old, byte[] now) {
        if (old == now) {
            return now;
        }
        byte[] mixed = Arrays.copyOf(old, length(old.length, now.length));
        for (int page = 0; page < mixed.length; page += PAGE_BYTES) {
            int end = Math.min(page + PAGE_BYTES, mixed.length);
            boolean torn = random.nextInt(4) == 0;
            boolean whole = random.nextDouble() < share;
            for (int sector = page; sector < end; sector += SECTOR_BYTES) {
                if (torn ? random.nextDouble() < share : whole) {
                    copy(now, mixed, sector, Math.min(sector + SECTOR_BYTES, end));
                }
            }
        }
        return mixed;
    }

    private static void copy(byte[] from, byte[] to, int begin, int end) {
        int there = Math.max(begin, Math.min(end, from.length));
        System.arraycopy(from, begin, to, begin, Math.max(0, there - begin));
        Arrays.fill(to, there, end, (byte) 0);
    }

    /** A length is written on its own: the old one, the new one, or for what grew page by page one in between. */
    private int length(int old, int now) {
        if (random.nextDouble() < share) {
            return now;
        }
        int pages = (now - old) / PAGE_BYTES;
        return pages > 0 && random.nextBoolean() ? old + random.nextInt(pages) * PAGE_BYTES : old;
    }
}
