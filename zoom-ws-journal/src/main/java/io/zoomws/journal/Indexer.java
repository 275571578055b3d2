package io.zoomws.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Derives the index of one segment from its cycle file and writes it. One thread at a time. */
final class Indexer implements AutoCloseable {

    private static final int RECORDS_AT_ONCE = 512;

    private final Segment segment;
    private final Deriver deriver;
    private final EntryScanner scanner;
    private final IndexFile index;
    private final IndexBuffer records = new IndexBuffer(RECORDS_AT_ONCE);
    private final IndexBuffer old = new IndexBuffer(RECORDS_AT_ONCE);
    private long oldFirst = Long.MIN_VALUE;
    private int oldCount;
    private int count;
    private long next;

    /** Begins at the beginning of a segment, which must have a cycle file. */
    Indexer(Segment segment, Deriver deriver) throws IOException {
        this.segment = segment;
        this.deriver = deriver;
        this.index = IndexFile.write(segment);
        this.scanner = new EntryScanner(segment.requireData(), 0);
        this.next = segment.firstSequence();
    }

    Segment segment() {
        return segment;
    }

    /** The sequence that comes next. */
    long next() {
        return next;
    }

    /**
     * Entries that were there and cannot be read any more.
     *
     * @param segment that held them
     * @param first of them
     * @param last of them
     */
    record Damage(Segment segment, long first, long last) {}

    /** Indexes what was just written, all of which must be there. */
    void follow(Progress.Written written) throws IOException {
        scanner.limit(written.bytes());
        while (next <= written.sequence()) {
            Envelope envelope = scanner.next(next);
            if (envelope == null || envelope.sequence() != next) {
                throw new IOException("sequence " + next + " was written to " + segment.directory()
                        + " and cannot be read back: the disk or the memory of this machine is failing");
            }
            put(deriver.derive(envelope, scanner.payload(envelope), scanner.foundAt()));
        }
        flush();
    }

    /**
     * Indexes all entries that can be found after a crash; what is missing between two of them is recorded as damaged.
     * Every checksum is verified; a record that is there and fits is kept, so that only few frames are parsed.
     *
     * @param lastSequence do not go beyond it
     * @return the ranges that are damaged
     */
    List<Damage> recover(long lastSequence) throws IOException {
        List<Damage> damages = new ArrayList<>();
        scanner.limit(scanner.fileBytes());
        while (next <= lastSequence) {
            Envelope envelope = scanner.next(next);
            if (envelope == null || envelope.sequence() > lastSequence) {
                break;
            }
            if (envelope.sequence() > next) {
                damages.add(new Damage(segment, next, envelope.sequence() - 1));
                damagedUntil(envelope.sequence());
            }
            IndexRecord before = oldRecord(next);
            if (before != null
                    && !before.damaged()
                    && before.position() == scanner.foundAt()
                    && before.describes(envelope)) {
                flush();
                deriver.keep(before);
                next++;
            } else {
                put(deriver.derive(envelope, scanner.payload(envelope), scanner.foundAt()));
            }
        }
        flush();
        return damages;
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
    void damagedUntil(long end) throws IOException {
        while (next < end) {
            put(deriver.deriveDamaged(next));
        }
    }

    private void put(IndexRecord record) throws IOException {
        records.set(count, record);
        count++;
        next = record.sequence() + 1;
        if (count == RECORDS_AT_ONCE) {
            flush();
        }
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
    }

    @Override
    public void close() throws IOException {
        try (scanner) {
            index.close();
        }
    }
}
