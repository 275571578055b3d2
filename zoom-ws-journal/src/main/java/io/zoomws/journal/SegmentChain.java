package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments that one run writes, one behind the other, and what of them is announced. For the writer thread.
 *
 * <p>Where writing or a barrier fails, nothing is ever written to that file again: on Linux a second fsync would claim success for
 * pages that were dropped. The next segment begins behind the last entry that was announced, so that what the file holds
 * beyond is no part of the journal, and is to be stored once more.
 */
final class SegmentChain {

    private static final Logger log = LoggerFactory.getLogger(SegmentChain.class);

    /** More than a segment takes before {@link SegmentWriter#allocate} sees to its room. */
    private static final int FIRST_BYTES = 1 << 20;

    private final Path journal;
    private final Barrier barrier;
    private final Durability durability;
    private final long segmentBytes;
    private final Progress progress;
    private final CRC32C crc = new CRC32C();
    private long nextNumber;
    private long announced;
    private long forced;
    private long forcedAtNanos;
    private @Nullable SegmentWriter current;

    SegmentChain(
            Path journal, JournalSettings settings, Barrier barrier, Progress progress, long nextNumber, long last) {
        this.journal = journal;
        this.barrier = barrier;
        this.durability = settings.durability();
        this.segmentBytes = settings.segmentBytes();
        this.progress = progress;
        this.nextNumber = nextNumber;
        this.announced = last;
        this.forced = last;
    }

    /** Stores a batch and announces it; if it throws, nothing of it is announced, and {@link #abandon} comes next. */
    void store(Batch batch) throws IOException {
        SegmentWriter into = current;
        if (into == null) {
            into = begin();
        } else if (into.end() > segmentBytes) {
            into = roll(into);
        }
        into.allocate(batch.end());
        for (int at = 0; at < batch.end(); ) {
            int total = Envelope.totalBytes(batch.buffer(), at);
            Envelope.seal(batch.buffer(), at, crc);
            into.append(batch.bytes(), at, total);
            at += total;
        }
        if (durability.isStrict()) {
            into.force();
            forced(batch.lastSequence());
        }
        announced = batch.lastSequence();
        progress.announce(into.segment(), announced, into.end());
    }

    private void forced(long sequence) {
        forced = sequence;
        progress.durable(sequence);
    }

    private SegmentWriter begin() throws IOException {
        makeSureOfRoom();
        Segment segment = Segment.of(journal, nextNumber++, announced + 1);
        SegmentWriter begun = null;
        try {
            begun = new SegmentWriter(segment, barrier);
            current = begun;
            return begun;
        } finally {
            if (begun == null) {
                remove(segment);
            }
        }
    }

    /** A Chronicle queue that is begun on a full disk faults, and keeps hold of its files for ever. */
    private void makeSureOfRoom() throws IOException {
        Path probe = journal.resolve("room.probe");
        try {
            Files.write(probe, new byte[FIRST_BYTES]);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Leaves a full segment complete, index included, before the next one exists: opening then trusts it. */
    private SegmentWriter roll(SegmentWriter full) throws IOException {
        barrier();
        if (current == null) {
            return begin(); // it failed, and is let go of
        }
        if (!progress.awaitIndexed()) {
            throw new IOException("the index of " + full.segment().directory() + " could not be completed");
        }
        Directories.force(full.segment().index());
        full.close();
        full.trim();
        return begin();
    }

    /** How long until the barrier that follows an announcement is due; for ever if none is. */
    long untilBarrierNanos(long nowNanos) {
        if (forced == announced) {
            forcedAtNanos = nowNanos; // nothing waits for a barrier yet
            return Long.MAX_VALUE;
        }
        return Math.max(0, durability.barrierEveryNanos() - (nowNanos - forcedAtNanos));
    }

    /**
     * The barrier for what was announced before it: in the weaker modes a failure comes too late, so that it is said, and what
     * comes next goes into another file.
     */
    void barrier() {
        SegmentWriter open = current;
        if (open == null || forced == announced) {
            return;
        }
        try {
            open.force();
        } catch (IOException e) {
            log.error(
                    "A barrier of {} failed ({}): sequences {} to {} were announced before it (durability {}) and"
                            + " MAY NOT SURVIVE a power cut",
                    open.segment().directory(),
                    Problems.text(e),
                    forced + 1,
                    announced,
                    durability.text());
            abandon();
            forced = announced; // nobody forces them any more, and nobody calls them durable
            return;
        }
        forced(announced);
    }

    /** Lets go of a segment that failed. One of which nothing was announced is no part of the journal. */
    void abandon() {
        SegmentWriter failed = current;
        current = null;
        if (failed == null) {
            return;
        }
        log.error(
                "{} is written to no more; what comes after sequence {} goes into another file",
                failed.segment().directory(),
                announced);
        try {
            failed.close();
        } catch (IOException | RuntimeException | Error e) {
            log.warn("{} could not be closed in order", failed.segment().directory(), e);
        }
        if (failed.segment().firstSequence() > announced) {
            remove(failed.segment());
        }
    }

    private static void remove(Segment segment) {
        try {
            segment.delete();
        } catch (IOException e) {
            log.warn("{} holds nothing and could not be removed: {}", segment.directory(), Problems.text(e));
        }
    }

    /** Ends the last segment; its unused rest is cut off only if all in it is announced and indexed. */
    void end(boolean inOrder) throws IOException {
        barrier();
        SegmentWriter open = current;
        current = null;
        if (open != null) {
            boolean whole = inOrder && progress.awaitIndexed();
            open.close();
            if (whole) {
                open.trim();
            }
        }
    }

    /** Newest entry that was announced. */
    long announced() {
        return announced;
    }
}
