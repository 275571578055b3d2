package io.zoomws.journal;

import io.zoomws.spi.EntryKind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Derives the index of one segment from its cycle file and writes it. One thread at a time. */
final class Indexer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Indexer.class);
    private static final int RECORDS_AT_ONCE = 512;

    private final Segment segment;
    private final Deriver deriver;

    /** Null if the cycle file is lost. */
    private final @Nullable EntryScanner scanner;

    private final IndexFile index;
    private final EventTypes types = new EventTypes();
    private final Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
    private boolean otherTypes;
    private final IndexBuffer records = new IndexBuffer(RECORDS_AT_ONCE);
    private final IndexBuffer old = new IndexBuffer(RECORDS_AT_ONCE);
    private final List<Damage> lost = new ArrayList<>();
    private long oldFirst = Long.MIN_VALUE;
    private int oldCount;
    private int count;
    private long next;
    private long behind;

    /** Begins at the beginning of a segment. */
    Indexer(Segment segment, Deriver deriver) throws IOException {
        this.segment = segment;
        this.deriver = deriver;
        SegmentContents.delete(segment);
        Path data = segment.data().orElse(null);
        this.scanner = data == null ? null : new EntryScanner(data, 0);
        boolean begun = false;
        try {
            this.index = IndexFile.write(segment);
            begun = true;
        } finally {
            if (!begun && scanner != null) {
                scanner.close();
            }
        }
        this.next = segment.firstSequence();
    }

    /**
     * Entries that were there and cannot be read any more.
     *
     * @param segment that held them
     * @param first of them
     * @param last of them
     */
    record Damage(Segment segment, long first, long last) {}

    /**
     * Indexes what was announced. What cannot be read back, because somebody has cut the file or the machine fails, is damaged
     * and holds up nobody. What could not be written to the index is kept for the next call.
     */
    void follow(Progress.Announced announced) throws IOException {
        makeRoom();
        if (scanner != null) {
            follow(scanner, announced);
        }
        damagedUntil(announced.sequence() + 1, lost);
        flush();
    }

    private void follow(EntryScanner entries, Progress.Announced announced) throws IOException {
        entries.limit(announced.bytes());
        while (next <= announced.sequence()) {
            Envelope envelope;
            try {
                envelope = entries.next(next);
            } catch (EOFException cut) {
                return;
            }
            if (envelope == null || envelope.sequence() > announced.sequence()) {
                return;
            }
            damagedUntil(envelope.sequence(), lost);
            put(deriver.derive(envelope, entries.payload(envelope), entries.foundAt(), types));
        }
    }

    /** What was found to be damaged while it was followed, each range once. */
    List<Damage> takeLost() {
        List<Damage> taken = List.copyOf(lost);
        lost.clear();
        return taken;
    }

    /**
     * Indexes the entries of a segment that nobody writes any more; those that are not there are recorded as damaged. Every
     * checksum is verified; a record that is there and fits is kept, so that only few frames are parsed.
     *
     * @param lastSequence the last one that was announced; what lies behind it is not looked at
     * @return the ranges that are damaged
     */
    List<Damage> recover(long lastSequence) throws IOException {
        List<Damage> damages = new ArrayList<>();
        if (scanner != null) {
            recover(scanner, lastSequence, damages);
        }
        damagedUntil(lastSequence + 1, damages);
        flush();
        return damages;
    }

    private void recover(EntryScanner entries, long lastSequence, List<Damage> damages) throws IOException {
        entries.limit(entries.fileBytes());
        while (next <= lastSequence) {
            Envelope envelope = entries.next(next);
            if (envelope == null || envelope.sequence() > lastSequence) {
                return;
            }
            behind = entries.position();
            damagedUntil(envelope.sequence(), damages);
            IndexRecord before = oldRecord(next);
            if (before != null && before.position() == entries.foundAt() && stillFits(before, envelope)) {
                flush();
                deriver.keep(before);
                note(before);
                next++;
            } else {
                put(deriver.derive(envelope, entries.payload(envelope), entries.foundAt(), types));
            }
        }
    }

    /**
     * Not if it repeats an event that is lost by now: the first copy that is left is the one to be shown. Nor the first
     * one of its type, which has to be read to know that.
     */
    private boolean stillFits(IndexRecord before, Envelope envelope) {
        return !before.damaged()
                && before.describes(envelope)
                && types.knows(before.type())
                && !deriver.isLost(before.duplicateOf());
    }

    /** Where, in the cycle file, what was not looked at may begin. */
    long behind() {
        return behind;
    }

    /** What the index said before about a sequence; read ahead, since what is written here lies behind. */
    private @Nullable IndexRecord oldRecord(long sequence) throws IOException {
        if (sequence < oldFirst || sequence >= oldFirst + RECORDS_AT_ONCE) {
            oldFirst = sequence;
            oldCount = index.get(sequence, RECORDS_AT_ONCE, old);
        }
        int place = (int) (sequence - oldFirst);
        return place < oldCount ? old.get(place, sequence) : null;
    }

    /** Records all sequences before {@code end} that are not indexed yet as damaged. */
    private void damagedUntil(long end, List<Damage> damages) throws IOException {
        if (next < end) {
            damages.add(new Damage(segment, next, end - 1));
        }
        while (next < end) {
            put(deriver.deriveDamaged(next, oldRecord(next)));
        }
    }

    private void put(IndexRecord record) throws IOException {
        records.set(count, record);
        note(record);
        count++;
        next = record.sequence() + 1;
        makeRoom();
    }

    private void makeRoom() throws IOException {
        if (count == RECORDS_AT_ONCE) {
            flush();
        }
    }

    private void note(IndexRecord record) {
        kinds.add(record.entryKind());
        otherTypes |= record.entryKind() == EntryKind.EVENT && record.type() == EventTypes.UNKNOWN;
    }

    private void flush() throws IOException {
        if (count > 0) {
            index.put(next - count, records, count);
            count = 0;
        }
    }

    /** Brings the index to the disk; nothing is added afterwards. */
    void seal() throws IOException {
        flush();
        index.cut(next);
        index.force();
        long entries = next - segment.firstSequence();
        try {
            new SegmentContents(entries, kinds, otherTypes, List.copyOf(types.names())).write(segment);
        } catch (IOException e) {
            // What is half written is not believed. No reason to fail, or to wait for room on the disk.
            log.warn(
                    "The list of types of {} cannot be written ({}): whoever looks for rare events has to walk its index",
                    segment.directory(),
                    Problems.text(e));
        }
    }

    @Override
    public void close() throws IOException {
        try (index) {
            if (scanner != null) {
                scanner.close();
            }
        }
    }
}
