package io.zoomws.server.parking;

import io.zoomws.journal.EntryCopy;
import io.zoomws.spi.Entry;
import io.zoomws.spi.ParkedEntry;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The content of one file. Big endian, version 1; each text is its length in bytes and UTF-8:
 *
 * <pre>
 *   0 "ZWPK" | 4 version | 8 CRC32C of all that follows
 *  12 sequence | 20 parked at: seconds | 28 nanoseconds | 32 attempts | 36 type of the event | error
 *     1 if it has a key, else 0 | key | the entry, as EntryCopy writes it
 * </pre>
 *
 * @param about why the entry is here
 * @param copy the entry itself
 */
record ParkedFile(ParkedEntry about, Entry copy) {

    private static final int MAGIC = 0x5A57504B;
    private static final int VERSION = 1;
    private static final int BEGIN = 12;
    private static final int FIXED_BYTES = 36 + 3 * Integer.BYTES + 1;

    byte[] encoded() {
        byte[] event = about.event().getBytes(StandardCharsets.UTF_8);
        byte[] error = about.error().getBytes(StandardCharsets.UTF_8);
        byte[] key = about.key().orElse("").getBytes(StandardCharsets.UTF_8);
        byte[] entry = EntryCopy.write(copy);
        ByteBuffer file = ByteBuffer.allocate(FIXED_BYTES + event.length + error.length + key.length + entry.length);
        file.putInt(MAGIC).putInt(VERSION).putInt(0).putLong(about.sequence());
        Instant parkedAt = about.parkedAt();
        long seconds = parkedAt.getEpochSecond();
        int nanos = parkedAt.getNano();
        file.putLong(seconds).putInt(nanos);
        file.putInt(about.attempts());
        file.putInt(event.length).put(event).putInt(error.length).put(error);
        file.put((byte) (about.key().isPresent() ? 1 : 0)).putInt(key.length).put(key);
        file.put(entry);
        file.putInt(8, checksum(file.array()));
        return file.array();
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it is damaged or of another version; the message says nothing of what is in it
     */
    static ParkedFile decode(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        if (bytes.length < FIXED_BYTES || file.getInt() != MAGIC) {
            throw new IOException("not a parked entry");
        }
        int version = file.getInt();
        if (version != VERSION) {
            throw new IOException("of version " + version + ", and this program reads " + VERSION);
        }
        if (file.getInt() != checksum(bytes)) {
            throw new IOException("its checksum is not right");
        }
        try {
            return decode(file);
        } catch (BufferUnderflowException e) {
            throw new IOException("its lengths are not right", e);
        }
    }

    private static ParkedFile decode(ByteBuffer file) throws IOException {
        long sequence = file.getLong();
        Instant parkedAt = Instant.ofEpochSecond(file.getLong(), file.getInt());
        int attempts = file.getInt();
        String event = text(file);
        String error = text(file);
        boolean keyed = file.get() == 1;
        String key = text(file);
        byte[] entry = new byte[file.remaining()];
        file.get(entry);
        Optional<String> told = keyed ? Optional.of(key) : Optional.empty();
        return new ParkedFile(new ParkedEntry(sequence, event, parkedAt, attempts, error, told), EntryCopy.read(entry));
    }

    private static String text(ByteBuffer file) {
        byte[] bytes = new byte[Math.min(file.getInt(), file.remaining())];
        file.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, BEGIN, bytes.length - BEGIN);
        return (int) crc.getValue();
    }
}
