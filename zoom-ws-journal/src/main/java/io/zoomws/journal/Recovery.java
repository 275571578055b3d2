package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal to its end before a writer goes on, however the last one ended. It never changes a cycle file: it
 * completes what is derived, writes again what was never announced, and says what is lost.
 *
 * <p>Only the last segment that holds entries is read whole. That those before are durable is known from the name of the one
 * behind them: it was made after their last barrier, and after their indexes were forced.
 */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int RECORDS_AT_ONCE = 512;

    /** Control frames lie between events; beyond this factor an event is only forgotten earlier. */
    private static final int RECORDS_PER_EVENT = 2;

    private final Path journal;
    private final Removed removed;
    private final List<Segment> segments = new ArrayList<>();

    /** Of each of the segments, the first sequence that is not of it, as the name of the next one tells. */
    private final List<Long> ends = new ArrayList<>();

    /** The newest one, if the journal was restored and not written since. */
    private final @Nullable Segment skipped;

    private final Deriver deriver;
    private final Barrier barrier;
    private final List<Indexer.Damage> damages = new ArrayList<>();

    Recovery(Path journal, Deriver deriver, Barrier barrier) {
        this.journal = journal;
        this.removed = Removed.read(journal);
        List<Segment> all = Segment.list(journal);
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isSkipped()) {
                segments.add(all.get(i));
                ends.add(i + 1 < all.size() ? all.get(i + 1).firstSequence() : Long.MAX_VALUE);
            }
        }
        Segment newest = all.isEmpty() ? null : all.get(all.size() - 1);
        this.skipped = newest != null && newest.isSkipped() ? newest : null;
        this.deriver = deriver;
        this.barrier = barrier;
    }

    /**
     * What there is.
     *
     * @param lastSequence newest entry, lost ones included; 0 in a new journal
     * @param last record of the newest entry, or null in a new journal
     * @param epoch of the newest entry or mark
     * @param nextSegment number for the segment to come
     * @param beganAtNanos time of the very first entry, 0 in a new journal
     * @param damages found now
     * @param skipped the sequences behind the newest entry that are skipped, or null
     */
    record Result(
            long lastSequence,
            @Nullable IndexRecord last,
            long epoch,
            long nextSegment,
            long beganAtNanos,
            List<Indexer.Damage> damages,
            @Nullable Segment skipped) {

        /** How the run before ended, as the value of a JSON field and what belongs behind it. */
        String previousEnd() {
            if (skipped != null) {
                return "\"" + JournalWriter.RESTORED + "\",\"skipped\":{\"fromSequence\":" + skipped.firstSequence()
                        + ",\"toSequence\":" + skipped.lastSkipped() + "}";
            }
            return last == null ? "\"none\"" : last.kind() == StoredKind.CLOSED ? "\"closed\"" : "\"crash\"";
        }
    }

    Result run() throws IOException {
        refuseForeign();
        Segment.discardUnfinished(journal);
        finishRemoval();
        Mark mark = mark();
        int newest = segments.size() - 1;
        long number =
                Math.max(mark.segment(), newest < 0 ? 0 : segments.get(newest).number()) + 1;
        long lastSequence = mark.visible();
        if (skipped != null) {
            return restored(skipped, mark);
        }
        if (newest >= 0) {
            lostInFront(segments.get(0).firstSequence());
            lastSequence = Math.max(lastSequence, segments.get(newest).firstSequence() - 1);
            Rewrite.Result rewritten = readSegments(lastSequence, number);
            if (rewritten != null) {
                damages.addAll(rewritten.damages());
                ends.set(newest, rewritten.segment().firstSequence());
                segments.add(rewritten.segment());
                ends.add(Long.MAX_VALUE);
                lastSequence = rewritten.last();
                number++;
                // Otherwise each start that fails before its first entry would write them once more.
                publish(new Mark(lastSequence, rewritten.segment().number(), mark.epoch()));
            }
        } else if (lastSequence > 0) {
            long first = Math.max(1, removed.before());
            damages.add(new Indexer.Damage(Segment.of(journal, mark.segment(), first), first, lastSequence));
        }
        return result(lastSequence, mark, number);
    }

    /** A restored journal has nothing that was not announced; what is missing behind what is skipped is named, and gone. */
    private Result restored(Segment behind, Mark mark) throws IOException {
        if (!segments.isEmpty()) {
            lostInFront(segments.get(0).firstSequence());
            readAnnounced(behind.firstSequence() - 1);
        }
        if (mark.visible() > behind.lastSkipped()) {
            long first = behind.lastSkipped() + 1;
            damages.add(new Indexer.Damage(Segment.of(journal, behind.number() + 1, first), first, mark.visible()));
        }
        return result(
                Math.max(mark.visible(), behind.lastSkipped()), mark, Math.max(mark.segment(), behind.number()) + 1);
    }

    private Result result(long lastSequence, Mark mark, long nextSegment) throws IOException {
        IndexRecord last = deriver.last();
        long epoch = Math.max(mark.epoch(), last == null ? 0 : last.epoch());
        return new Result(lastSequence, last, epoch, nextSegment, beganAtNanos(), List.copyOf(damages), skipped);
    }

    /** Before anything is changed: a segment that was copied from another journal would be read as this one's. */
    private void refuseForeign() throws IOException {
        long own = JournalDirectory.id(journal);
        for (Segment segment : segments) {
            long id = IndexFile.journalId(segment);
            if (own != 0 && id != 0 && id != own) {
                throw new JournalException(
                        segment.directory()
                                + " is a segment of another journal: move it away, and restore the one that was there, if there was");
            }
        }
    }

    /** Reads what was announced, then has written again what comes behind it; null if that is nothing. */
    private Rewrite.@Nullable Result readSegments(long announced, long number) throws IOException {
        long behind = readAnnounced(announced);
        Segment last = segments.get(segments.size() - 1);
        return new Rewrite(journal, barrier, deriver).run(last, behind, announced + 1, number);
    }

    /** Returns where, in the cycle file of the newest segment, the rest begins. */
    private long readAnnounced(long announced) throws IOException {
        int newest = segments.size() - 1;
        int from = firstToRead();
        for (int i = 0; i < from; i++) {
            if (indexed(segments.get(i)) < end(i) - segments.get(i).firstSequence()) {
                repair(i);
            }
        }
        loadWindow(from);
        for (int i = from; i < newest; i++) {
            read(segments.get(i), end(i) - 1);
        }
        return read(segments.get(newest), announced);
    }

    /** The first sequence that is not of this segment, which is not the newest. */
    private long end(int segment) {
        return ends.get(segment);
    }

    private void publish(Mark mark) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(Privacy.file(Mark.file(journal)).toFile(), "rw")) {
            mark.write(file);
        }
    }

    /** What is left of segments that retention has removed is in nobody's way. */
    private void finishRemoval() {
        Removal removal = new Removal(journal, () -> {});
        try {
            removal.rename();
            removal.delete();
        } catch (IOException e) {
            log.warn("What retention removed from {} could not be deleted: {}", journal, Problems.text(e));
        }
    }

    /** Told at each opening, until the segment is restored or retention has come so far. */
    private void lostInFront(long oldest) {
        if (removed.isLostBefore(oldest)) {
            damages.add(new Indexer.Damage(Segment.lost(journal, removed.before()), removed.before(), oldest - 1));
        }
    }

    /** Every index is complete by now, but a segment without announced entries has none. */
    private long beganAtNanos() throws IOException {
        if (removed.beganAtNanos() != 0) {
            return removed.beganAtNanos();
        }
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (indexed(segment) > 0) {
                if (i < segments.size() - 1
                        && !isWhole(segment, segment.firstSequence(), segment.firstSequence() + 1)) {
                    repair(i);
                }
                try (IndexFile index = IndexFile.read(segment)) {
                    IndexRecord first = index.find(segment.firstSequence());
                    return first == null ? 0 : first.receivedAtNanos();
                }
            }
        }
        return 0;
    }

    /** The last segment with entries; those behind it died before their first one. */
    private int firstToRead() throws IOException {
        int first = segments.size() - 1;
        while (first > 0 && !hasEntries(segments.get(first))) {
            first--;
        }
        return first;
    }

    /** Derives the index of one segment again, which is not the newest; records that are whole and fit are kept. */
    private void repair(int segment) throws IOException {
        log.warn(
                "The index of {} is missing, short or damaged: deriving it anew",
                segments.get(segment).directory());
        Deriver past = new Deriver(deriver.window().fresh());
        for (int i = firstOfWindow(segment); i < segment; i++) {
            load(segments.get(i), Math.max(segments.get(i).firstSequence(), windowStart(segment)), end(i), past);
        }
        try (Indexer indexer = new Indexer(segments.get(segment), past)) {
            damages.addAll(indexer.recover(end(segment) - 1));
            indexer.seal();
        }
    }

    private static boolean hasEntries(Segment segment) throws IOException {
        Path data = segment.data().orElse(null);
        if (data == null) {
            return false;
        }
        try (EntryScanner scanner = new EntryScanner(data, 0)) {
            scanner.limit(scanner.fileBytes());
            return scanner.next(segment.firstSequence()) != null;
        }
    }

    private static long indexed(Segment segment) throws IOException {
        if (!Files.exists(segment.index())) {
            return 0;
        }
        try (IndexFile index = IndexFile.read(segment)) {
            return index.count();
        } catch (IOException damagedHead) {
            return 0;
        }
    }

    /** Indexes a segment up to a sequence and returns where, in its cycle file, the rest begins. */
    private long read(Segment segment, long lastSequence) throws IOException {
        if (lastSequence < segment.firstSequence() && segment.data().isEmpty()) {
            return 0;
        }
        try (Indexer indexer = new Indexer(segment, deriver)) {
            damages.addAll(indexer.recover(lastSequence));
            indexer.seal();
            return indexer.behind();
        }
    }

    private Mark mark() throws IOException {
        if (!Files.exists(Mark.file(journal))) {
            return Mark.NONE;
        }
        try (RandomAccessFile file = new RandomAccessFile(Mark.file(journal).toFile(), "r")) {
            return Mark.read(file);
        } catch (IOException e) {
            log.warn(
                    "{} cannot be read ({}): the end of the journal is found from its entries",
                    Mark.file(journal),
                    Problems.text(e));
            return Mark.NONE;
        }
    }

    /** Fills the window from the indexes before the first segment that is read. */
    private void loadWindow(int before) throws IOException {
        for (int i = firstOfWindow(before); i < before; i++) {
            Segment segment = segments.get(i);
            long start = Math.max(segment.firstSequence(), windowStart(before));
            if (!isWhole(segment, start, end(i))) {
                repair(i);
            }
            load(segment, start, end(i), deriver);
        }
    }

    private long windowStart(int before) {
        return segments.get(before).firstSequence() - (long) deriver.window().capacity() * RECORDS_PER_EVENT;
    }

    private int firstOfWindow(int before) {
        int from = before;
        while (from > 0 && segments.get(from).firstSequence() > windowStart(before)) {
            from--;
        }
        return from;
    }

    private static boolean isWhole(Segment segment, long start, long end) throws IOException {
        return forEach(segment, start, end, record -> {}) == Math.max(0, end - start);
    }

    private static void load(Segment segment, long start, long end, Deriver into) throws IOException {
        forEach(segment, start, end, into::keep);
    }

    /** Visits the whole records of a range and returns how many there are. */
    private static long forEach(Segment segment, long start, long end, Consumer<IndexRecord> visitor)
            throws IOException {
        if (start >= end) {
            return 0;
        }
        long whole = 0;
        IndexBuffer buffer = new IndexBuffer(RECORDS_AT_ONCE);
        try (IndexFile index = IndexFile.read(segment)) {
            for (long sequence = start; sequence < end; sequence += RECORDS_AT_ONCE) {
                int count = index.get(sequence, (int) Math.min(RECORDS_AT_ONCE, end - sequence), buffer);
                for (int i = 0; i < count; i++) {
                    IndexRecord record = buffer.get(i, sequence + i);
                    if (record != null) {
                        visitor.accept(record);
                        whole++;
                    }
                }
            }
        }
        return whole;
    }
}
