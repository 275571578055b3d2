package io.zoomws.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * How far readers may read: the content of the file {@code durable}, written by write(2) when entries are announced and indexed, so that other
 * processes are told by the kernel. It is not forced: after a power cut it may be old, and opening finds the rest.
 *
 * <pre>
 *   0 "ZWJD" | 4 version 1 | 8 visible sequence | 16 number of the newest segment | 24 epoch | 32 zero … | 60 CRC32C
 * </pre>
 *
 * @param visible the newest sequence that is durable and indexed, 0 if there is none
 * @param segment the number of the newest segment
 * @param epoch the run of the writer
 */
record Mark(long visible, long segment, long epoch) {

    static final String FILE_NAME = "durable";

    /** Of a journal whose first entry is still to come. */
    static final Mark NONE = new Mark(0, 0, 0);

    private static final int MAGIC = 0x444A575A;
    private static final int VERSION = 1;
    private static final int BYTES = 64;

    /** A reader may meet a write half done; so often in a row it cannot be. */
    private static final int TRIES = 10_000;

    static Path file(Path journal) {
        return journal.resolve(FILE_NAME);
    }

    /** The newest one of a journal. */
    static Mark of(Path journal) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file(journal).toFile(), "r")) {
            return read(file);
        }
    }

    void write(RandomAccessFile file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0, MAGIC);
        buffer.putInt(4, VERSION);
        buffer.putLong(8, visible);
        buffer.putLong(16, segment);
        buffer.putLong(24, epoch);
        buffer.putInt(BYTES - 4, checksum(buffer));
        file.seek(0);
        file.write(buffer.array());
    }

    static Mark read(RandomAccessFile file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length() == 0) {
            return NONE;
        }
        for (int i = 0; i < TRIES; i++) {
            file.seek(0);
            int n = file.read(buffer.array());
            if (n == BYTES && buffer.getInt(0) == MAGIC && buffer.getInt(BYTES - 4) == checksum(buffer)) {
                return new Mark(buffer.getLong(8), buffer.getLong(16), buffer.getLong(24));
            }
            Thread.onSpinWait();
        }
        throw new IOException("it is damaged; starting the server once writes it anew from the journal");
    }

    private static int checksum(ByteBuffer buffer) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(0, BYTES - 4));
        return (int) crc.getValue();
    }
}
