package io.zoomws.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one segment through Chronicle Queue. The only class that names Chronicle; confined to the journal's writer
 * thread, since appenders are bound to a thread and interrupts harm them.
 *
 * <p>A queue of its own for each segment, never opened again for writing, keeps away from Chronicle's traps: no end-of-file
 * marks are put into files of a crashed run, no process id of a dead writer holds a lock, and the clock decides nothing,
 * since ours stands still at the first cycle.
 */
final class SegmentWriter implements AutoCloseable {

    /**
     * An entry must fit into a quarter of a block. 128 MiB allow for 32 MiB; the file is sparse, so that a block costs only
     * address space.
     */
    private static final long BLOCK_BYTES = 128L << 20;

    /** Some of the quarter is for Chronicle's own words. */
    static final int MOST_ENTRY_BYTES = (int) (BLOCK_BYTES / 4) - 1024;

    private static final long PAGE_BYTES = 4096;

    /** Room is made in steps of this size: often enough in memory still when the entries come, so that it is written once. */
    private static final int STEP_BYTES = 1 << 20;

    /** More than Chronicle may put behind an entry by itself: pieces of its own index, of 64 KiB each. */
    private static final int CHRONICLES_BYTES = 256 << 10;

    /** Warns at each start of an option that Java has no longer; held here, since loggers are collected otherwise. */
    private static final Logger CLEANER =
            Logger.getLogger("net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService");

    static {
        CLEANER.setLevel(Level.SEVERE);
        // Before the first class of Chronicle is initialised: nothing is reported to its vendor (its jar is excluded,
        // too),
        // no banner, no thread that watches the disk, no background truncation of files we may be reading.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        System.setProperty("chronicle.queue.disableFileShrinking", "true");
    }

    private final Segment segment;
    private final Barrier barrier;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private @Nullable FileChannel channel;

    /** Whether the names of its files are on the disk. */
    private boolean named;

    private long end;
    private long allocatedTo;

    SegmentWriter(Segment segment, Barrier barrier) throws IOException {
        this.segment = segment;
        this.barrier = barrier;
        Privacy.createDirectory(segment.directory());
        queue = SingleChronicleQueueBuilder.binary(segment.directory().toFile())
                .rollCycle(LegacyRollCycles.DAILY)
                .blockSize(BLOCK_BYTES)
                .timeProvider(() -> 0L)
                .build();
        appender = queue.createAppender();
    }

    Segment segment() {
        return segment;
    }

    /**
     * Makes room on the disk for so many bytes to come, with write(2): so a full disk is an error in this place, and not a fault
     * in the mapping somewhere in Chronicle. It keeps its distance from the last entry, since Chronicle may have written behind
     * that; what is nearer to the very first entry is written as it is. Only that entry itself comes before all this.
     *
     * <p>A file that somebody has deleted or cut is noticed here: what is to come goes into another then.
     *
     * <p>Even if there is room it writes a byte. A disk that does not answer then holds this thread in a system call; held in a store
     * into the mapping, it would hold the whole JVM at its next safepoint, heartbeats included.
     */
    void allocate(int bytes) throws IOException {
        if (end == 0) {
            return;
        }
        FileChannel open = channel();
        if (Files.size(segment.requireData()) < end) {
            throw new IOException("somebody has cut " + segment.requireData() + " off");
        }
        if (allocatedTo == 0) {
            allocatedTo = writeAsItIs(open, (end + CHRONICLES_BYTES) / PAGE_BYTES * PAGE_BYTES);
        }
        long needed = end + bytes + 2 * CHRONICLES_BYTES;
        if (needed <= allocatedTo) {
            open.write(ByteBuffer.allocate(1), allocatedTo - 1);
            return;
        }
        long from = allocatedTo;
        long to = Math.max(needed, from + STEP_BYTES);
        ByteBuffer zeros = ByteBuffer.allocate(STEP_BYTES);
        while (from < to) {
            zeros.clear().limit((int) Math.min(STEP_BYTES, to - from));
            from += open.write(zeros, from);
        }
        allocatedTo = from;
    }

    /** Nobody else writes to the file meanwhile. Returns how far it came. */
    private static long writeAsItIs(FileChannel file, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) to);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
            // On to the rest.
        }
        bytes.flip();
        while (bytes.hasRemaining()) {
            file.write(bytes, bytes.position());
        }
        return bytes.limit() / PAGE_BYTES * PAGE_BYTES;
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Privacy.restrict(segment.requireData());
            Privacy.restrict(segment.directory().resolve("metadata.cq4t"));
            open = FileChannel.open(segment.requireData(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel = open;
        }
        return open;
    }

    /** Appends one sealed entry. A full disk shows as an {@link InternalError}, which the caller treats as a failure. */
    void append(byte[] source, int offset, int length) throws IOException {
        try (DocumentContext document = appender.writingDocument()) {
            Wire wire = document.wire();
            if (wire == null) {
                throw new IOException("Chronicle offers no place to write to in " + segment.directory());
            }
            Bytes<?> bytes = wire.bytes();
            bytes.write(source, offset, length);
            end = bytes.writePosition();
        }
    }

    /** The byte behind the last entry in the cycle file. */
    long end() {
        return end;
    }

    /** Brings all entries appended so far to the disk. If it throws, nothing is known about any entry since the last call. */
    void force() throws IOException {
        barrier.force(channel());
        if (!named) {
            Directories.force(segment.directory().resolve("metadata.cq4t"));
            Directories.force(segment.directory());
            Directories.force(segment.directory().resolveSibling("."));
            named = true;
        }
    }

    @Override
    public void close() throws IOException {
        appender.close();
        queue.close();
        if (channel != null) {
            channel.close();
        }
    }

    /** Cuts the unused, sparse rest off a segment that ended in order, so that copies of it are small. */
    void trim() throws IOException {
        Path data = segment.requireData();
        try (FileChannel file = FileChannel.open(data, StandardOpenOption.WRITE)) {
            long pages = (end / PAGE_BYTES + 2) * PAGE_BYTES;
            if (file.size() > pages) {
                file.truncate(pages);
                file.force(true);
            }
        }
    }
}
