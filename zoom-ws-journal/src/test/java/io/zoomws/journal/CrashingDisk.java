package io.zoomws.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A barrier that forces nothing but remembers, before each time it is asked, what is in the journal's files and what of it a
 * disk must keep. {@link DiskImage} makes of that what a power cut at this moment may leave.
 *
 * <p>What the product forces without this barrier is taken for forced from the next call on: directory and metadata of a
 * segment with its second barrier, the index of a segment, its cut and its name with the first barrier of the next. The
 * mark and the lock never are. That those calls are made is shown by {@link PowerCutTest}.
 */
final class CrashingDisk implements Barrier {

    /** Segments here are far smaller; what lies behind is the sparse rest of the cycle file. */
    private static final int MOST_BYTES = 512 << 10;

    /** Where the entries begin in a cycle file; before that Chronicle keeps its own header and index pages. */
    static final int FIRST_ENTRY_AT = 131_348;

    private static final byte[] NOTHING = {};

    private final Path journal;
    private final LongSupplier announced;
    private final List<Moment> moments = new ArrayList<>();
    private final Map<Path, byte[]> kept = new TreeMap<>();
    private final Set<Path> keptNames = new HashSet<>();
    private Map<Path, byte[]> before = Map.of();

    /**
     * Watches a journal from now on; what is there is on the disk.
     *
     * @param announced the newest sequence that was called durable
     */
    CrashingDisk(Path journal, LongSupplier announced) throws IOException {
        this.journal = journal;
        this.announced = announced;
        if (Files.isDirectory(journal)) {
            keep(content());
        }
    }

    /**
     * A moment at which the machine may stop.
     *
     * @param announced the newest sequence that anybody was told of
     * @param now what programs see in each file, by its path within the journal
     * @param kept what of it must survive
     * @param keptNames files and directories whose names must survive
     */
    record Moment(long announced, Map<Path, byte[]> now, Map<Path, byte[]> kept, Set<Path> keptNames) {}

    List<Moment> moments() {
        return List.copyOf(moments);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
        Map<Path, byte[]> now = content();
        Path segment = newest(now);
        for (Path file : now.keySet()) {
            // Older segments were forced, index included, before the newest one was begun.
            boolean older = !file.startsWith(segment);
            if (isUnforced(file)) {
                kept.putIfAbsent(file, NOTHING);
                keptNames.add(file);
            } else if (older) {
                keep(file, now.get(file));
            } else if (keptNames.contains(segment.resolve("forced once"))) {
                keptNames.add(file);
                if (!file.endsWith("index") && !isCycle(file)) {
                    keep(file, now.get(file));
                }
            }
        }
        // A reader may have seen what the mark says.
        moments.add(new Moment(
                Math.max(announced.getAsLong(), visible(now)), now, Map.copyOf(kept), Set.copyOf(keptNames)));
        for (Path file : now.keySet()) {
            if (file.startsWith(segment) && isCycle(file)) {
                kept.put(file, now.get(file));
            }
        }
        keptNames.add(segment.resolve("forced once"));
        before = now;
    }

    private void keep(Map<Path, byte[]> files) {
        files.forEach(this::keep);
    }

    private void keep(Path file, byte[] bytes) {
        kept.put(file, bytes);
        keptNames.add(file);
        if (file.getParent() != null) {
            keptNames.add(file.getParent());
        }
    }

    private static boolean isUnforced(Path file) {
        return file.endsWith(Mark.FILE_NAME) || file.endsWith("lock");
    }

    static boolean isCycle(Path file) {
        return file.toString().endsWith(".cq4");
    }

    private static Path newest(Map<Path, byte[]> files) {
        Path newest = Path.of("");
        for (Path file : files.keySet()) {
            if (file.getParent() != null) {
                newest = file.getParent();
            }
        }
        return newest;
    }

    private static long visible(Map<Path, byte[]> files) {
        byte[] mark = files.get(Path.of(Mark.FILE_NAME));
        return mark == null || mark.length < 16
                ? 0
                : ByteBuffer.wrap(mark).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
    }

    /** Files by path within the journal; what did not change is held in memory once. */
    private Map<Path, byte[]> content() throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(journal)) {
            for (Path file : (Iterable<Path>) found::iterator) {
                if (Files.isRegularFile(file)) {
                    Path name = journal.relativize(file);
                    byte[] bytes = read(file);
                    byte[] known = before.getOrDefault(name, kept.getOrDefault(name, NOTHING));
                    files.put(name, Arrays.equals(bytes, known) ? known : bytes);
                }
            }
        }
        return files;
    }

    /** The content of a file, without the sparse rest of a cycle file. */
    static byte[] read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        if (!isCycle(file)) {
            return bytes;
        }
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        end = Math.min(bytes.length, (end / DiskImage.PAGE_BYTES + 2) * DiskImage.PAGE_BYTES);
        if (end == MOST_BYTES) {
            throw new AssertionError(file + " is larger than this test can hold");
        }
        return Arrays.copyOf(bytes, end);
    }
}
