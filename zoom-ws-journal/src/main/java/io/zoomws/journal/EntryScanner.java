package io.zoomws.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks along the entries of a cycle file by their magic number and checksum, trusting no length that Chronicle wrote: a
 * flipped bit costs one entry and never hides those behind it. One thread at a time.
 *
 * <p>Chronicle puts four bytes before each record, at multiples of four, and index pages in between; the scan steps over
 * both four bytes at a time. An entry counts if its checksum is right and its sequence fits: not below the expected one (no
 * old record revives), and no further above it than entries could have been lost in the bytes stepped over.
 */
final class EntryScanner implements AutoCloseable {

    private static final int WINDOW_BYTES = 1 << 20;

    /**
     * Behind so many zeros in a row nothing comes: they are more than the largest entry, even one of nothing but zeros whose
     * header is damaged. The unused rest of a cycle file is sparse and several times as long.
     */
    private static final int END_BYTES = SegmentWriter.MOST_ENTRY_BYTES + (2 << 20);

    private final RandomAccessFile file;
    private final CRC32C crc = new CRC32C();
    private byte[] windowArray = new byte[WINDOW_BYTES];
    private ByteBuffer window = ByteBuffer.wrap(windowArray).order(ByteOrder.LITTLE_ENDIAN);
    private long windowStart;
    private int windowBytes;
    private long position;
    private long limit;
    private long found;

    /** Where, at the earliest, all is zero up to the place that is looked at. */
    private long zerosFrom;

    /**
     * Begins at a position.
     *
     * @param data the cycle file
     * @param position where an entry may begin, 0 for the beginning
     */
    EntryScanner(Path data, long position) throws IOException {
        this.file = new RandomAccessFile(data.toFile(), "r");
        this.position = position;
    }

    /** Sets how far the file may be read; what lay behind an earlier limit is read afresh. */
    void limit(long bytes) {
        limit = bytes;
        windowBytes = 0;
    }

    long fileBytes() throws IOException {
        return file.length();
    }

    /**
     * The next entry with at least this sequence, or null if there is none before the limit.
     *
     * @throws EOFException if the file has become shorter than the limit; after a new limit the search can be repeated
     */
    @Nullable
    Envelope next(long expectedSequence) throws IOException {
        long from = position;
        long at = from;
        zerosFrom = from;
        while (at + Envelope.HEADER_BYTES <= limit && at - zerosFrom < END_BYTES) {
            load(at, Envelope.HEADER_BYTES);
            at = magicFrom(at);
            if (at < 0) {
                at = windowStart + (windowBytes - Envelope.HEADER_BYTES & ~3) + 4;
                continue;
            }
            Envelope envelope = entryAt(at);
            if (envelope != null && fits(envelope.sequence(), expectedSequence, at - from)) {
                found = at;
                position = (at + envelope.totalBytes() + 3 & ~3L) + 4;
                return envelope;
            }
            zerosFrom = at;
            at += 4;
        }
        return null;
    }

    private static boolean fits(long sequence, long expected, long bytesStepped) {
        return sequence >= expected && sequence - expected <= bytesStepped / Envelope.HEADER_BYTES;
    }

    /** Where the last entry returned begins. */
    long foundAt() {
        return found;
    }

    /** Where the next entry may begin. */
    long position() {
        return position;
    }

    /** The payload of the last entry returned. */
    byte[] payload(Envelope envelope) {
        byte[] payload = new byte[envelope.payloadBytes()];
        window.get((int) (found - windowStart) + Envelope.HEADER_BYTES, payload);
        return payload;
    }

    /** Appends the last entry returned, as it is, to a segment. */
    void copyTo(SegmentWriter target, Envelope envelope) throws IOException {
        target.append(windowArray, (int) (found - windowStart), envelope.totalBytes());
    }

    private @Nullable Envelope entryAt(long at) throws IOException {
        int offset = (int) (at - windowStart);
        if (!Envelope.plausible(window, offset)) {
            return null;
        }
        int total = Envelope.totalBytes(window, offset);
        if (total > limit - at) {
            return null;
        }
        load(at, total);
        return Envelope.decode(window, (int) (at - windowStart), total, crc);
    }

    /** The first place from {@code at} on, within the window, where a header may begin; -1 if there is none. */
    private long magicFrom(long at) {
        int last = windowBytes - Envelope.HEADER_BYTES;
        for (int offset = (int) (at - windowStart); offset <= last; offset += 4) {
            int word = window.getInt(offset);
            if (word == Envelope.MAGIC) {
                return windowStart + offset;
            }
            if (word != 0) {
                zerosFrom = windowStart + offset;
            }
        }
        return -1;
    }

    private void load(long at, int bytes) throws IOException {
        if (at >= windowStart && at + bytes <= windowStart + windowBytes) {
            return;
        }
        if (window.capacity() < bytes) {
            windowArray = new byte[bytes];
            window = ByteBuffer.wrap(windowArray).order(ByteOrder.LITTLE_ENDIAN);
        }
        windowStart = at;
        windowBytes = 0;
        int wanted = (int) Math.min(window.capacity(), limit - at);
        file.seek(at);
        while (windowBytes < wanted) {
            int n = file.read(windowArray, windowBytes, wanted - windowBytes);
            if (n < 0) {
                throw new EOFException("the file ended at " + (at + windowBytes) + " while it was read");
            }
            windowBytes += n;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
