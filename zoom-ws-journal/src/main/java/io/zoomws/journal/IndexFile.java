package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The index of one segment: a head of 128 bytes, then one {@link IndexRecord} for each sequence, without holes. Version 1
 * had zero where the number of an event's type is now, which tells nothing and so remains true: it is read as it is.
 *
 * <p>Uses {@link RandomAccessFile} rather than a channel, because an interrupt closes a channel under its reader. One thread
 * at a time.
 *
 * <pre>
 *   0 "ZWJI" | 4 version 2 | 8 number of the segment | 16 its first sequence | 24 id of the journal, 0: none
 *  32 zero … | 124 CRC32C of all before
 * </pre>
 */
final class IndexFile implements AutoCloseable {

    private static final int MAGIC = 0x494A575A;
    private static final int VERSION = 2;
    private static final int VERSION_WITHOUT_TYPES = 1;
    private static final int HEAD_BYTES = 128;
    private static final int ID_AT = 24;

    private final Segment segment;
    private final RandomAccessFile file;
    private final CRC32C crc = new CRC32C();
    private final IndexBuffer one = new IndexBuffer(1);

    private IndexFile(Segment segment, RandomAccessFile file) {
        this.segment = segment;
        this.file = file;
    }

    /** Opens for reading. */
    static IndexFile read(Segment segment) throws IOException {
        IndexFile index =
                new IndexFile(segment, new RandomAccessFile(segment.index().toFile(), "r"));
        boolean sound = false;
        try {
            sound = index.hasHead();
        } finally {
            if (!sound) {
                index.close();
            }
        }
        if (!sound) {
            throw new IOException("the head of " + segment.index() + " is damaged");
        }
        return index;
    }

    /** Opens for writing; begins anew if there is none or its head is not this segment's. */
    static IndexFile write(Segment segment) throws IOException {
        IndexFile index = new IndexFile(
                segment, new RandomAccessFile(Privacy.file(segment.index()).toFile(), "rw"));
        boolean begun = false;
        try {
            if (!index.hasHead()) {
                index.file.setLength(0);
                index.file.write(index.head(VERSION, JournalDirectory.id(journal(segment))));
            }
            begun = true;
            return index;
        } finally {
            if (!begun) {
                index.close();
            }
        }
    }

    /** How long an index of so many records is. */
    static long bytes(long records) {
        return HEAD_BYTES + records * IndexRecord.BYTES;
    }

    private static Path journal(Segment segment) {
        return segment.directory().resolveSibling("");
    }

    /** The journal that a segment was made for, as its index says; 0 if that is not known. */
    static long journalId(Segment segment) throws IOException {
        if (!Files.exists(segment.index())) {
            return 0;
        }
        try (RandomAccessFile file = new RandomAccessFile(segment.index().toFile(), "r")) {
            IndexFile index = new IndexFile(segment, file);
            return index.hasHead() ? index.idInHead() : 0;
        }
    }

    private long idInHead() throws IOException {
        file.seek(ID_AT);
        return Long.reverseBytes(file.readLong());
    }

    private byte[] head(int version, long id) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0, MAGIC);
        head.putInt(4, version);
        head.putLong(8, segment.number());
        head.putLong(16, segment.firstSequence());
        head.putLong(ID_AT, id);
        crc.reset();
        crc.update(head.array(), 0, HEAD_BYTES - 4);
        head.putInt(HEAD_BYTES - 4, (int) crc.getValue());
        return head.array();
    }

    private boolean hasHead() throws IOException {
        if (file.length() < HEAD_BYTES) {
            return false;
        }
        byte[] found = new byte[HEAD_BYTES];
        file.seek(0);
        file.readFully(found);
        long id = ByteBuffer.wrap(found).order(ByteOrder.LITTLE_ENDIAN).getLong(ID_AT);
        return Arrays.equals(found, head(VERSION, id)) || Arrays.equals(found, head(VERSION_WITHOUT_TYPES, 0));
    }

    /** How many whole records there are. */
    long count() throws IOException {
        return (file.length() - HEAD_BYTES) / IndexRecord.BYTES;
    }

    /** Puts whole records, encoded, behind each other, where the first one's sequence belongs. */
    void put(long sequence, IndexBuffer records, int count) throws IOException {
        file.seek(offset(sequence));
        file.write(records.bytes(), 0, count * IndexRecord.BYTES);
    }

    /** Reads up to {@code count} records into the buffer; returns how many there were. */
    int get(long sequence, int count, IndexBuffer target) throws IOException {
        file.seek(offset(sequence));
        int wanted = count * IndexRecord.BYTES;
        int done = 0;
        while (done < wanted) {
            int n = file.read(target.bytes(), done, wanted - done);
            if (n < 0) {
                break;
            }
            done += n;
        }
        return done / IndexRecord.BYTES;
    }

    /** The record of a sequence, or null if it is missing or not whole. */
    @Nullable
    IndexRecord find(long sequence) throws IOException {
        return get(sequence, 1, one) == 1 ? one.get(0, sequence) : null;
    }

    /** The record of a sequence that must be there. */
    IndexRecord require(long sequence) throws IOException {
        IndexRecord found = find(sequence);
        if (found == null) {
            throw damaged(segment, sequence);
        }
        return found;
    }

    static JournalException damaged(Segment segment, long sequence) {
        return new JournalException("The index " + segment.index() + " is damaged at sequence " + sequence
                + ". Stop the server, delete that file and start again: it is derived anew from the journal.");
    }

    /** Removes all records from a sequence on. */
    void cut(long fromSequence) throws IOException {
        if (file.length() > offset(fromSequence)) {
            file.setLength(offset(fromSequence));
        }
    }

    void force() throws IOException {
        file.getFD().sync();
    }

    private long offset(long sequence) {
        return HEAD_BYTES + (sequence - segment.firstSequence()) * IndexRecord.BYTES;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
