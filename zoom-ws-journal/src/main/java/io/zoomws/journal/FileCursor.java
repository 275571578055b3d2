package io.zoomws.journal;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * One cursor. Each save writes a new file of 32 bytes, forces it, and renames it over the old one, so that at any moment
 * the whole old or the whole new position is there.
 *
 * <pre>
 *   0 "ZWJC" | 4 version 1 | 8 position | 16 number of saves | 24 zero | 28 CRC32C
 * </pre>
 */
final class FileCursor implements Cursor {

    private static final int MAGIC = 0x434A575A;
    private static final int VERSION = 1;
    private static final int BYTES = 32;

    private final Path file;
    private final Path fresh;
    private final String name;
    private final OwnerLock lock;
    private OptionalLong position;
    private long saves;
    private boolean closed;

    private FileCursor(Path file, String name, OwnerLock lock, OptionalLong position, long saves) {
        this.file = file;
        this.fresh = file.resolveSibling("." + name + ".new");
        this.name = name;
        this.lock = lock;
        this.position = position;
        this.saves = saves;
    }

    static FileCursor open(Path file, String name, OwnerLock lock) throws IOException {
        if (!Files.exists(file)) {
            return new FileCursor(file, name, lock, OptionalLong.empty(), 0);
        }
        Saved saved = read(file);
        return new FileCursor(file, name, lock, OptionalLong.of(saved.position()), saved.saves());
    }

    /**
     * What a file says.
     *
     * @param position the sequence of the next entry to be handled
     * @param saves how often it was saved
     */
    record Saved(long position, long saves) {}

    /** Reads a file without taking hold of the cursor. */
    static Saved read(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (content.capacity() != BYTES
                || content.getInt(0) != MAGIC
                || content.getInt(4) != VERSION
                || content.getInt(BYTES - 4) != checksum(content)
                || content.getLong(8) < 1) {
            throw new JournalException(
                    "The cursor " + file + " is damaged. Delete that file to begin where a new consumer would,"
                            + " or set the position anew; nothing is guessed.");
        }
        return new Saved(content.getLong(8), content.getLong(16));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OptionalLong position() {
        return position;
    }

    @Override
    public void save(long sequence) {
        if (closed) {
            throw new JournalException("The cursor '" + name + "' is closed");
        }
        if (sequence < 1) {
            throw new IllegalArgumentException("A position is 1 or more, not " + sequence);
        }
        byte[] content = encode(sequence, saves + 1);
        try {
            // A stream rather than a channel: a consumer is often interrupted when it saves for the last time.
            try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                out.write(content);
                out.getFD().sync();
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Directories.force(file.resolveSibling("."));
        } catch (IOException e) {
            throw new JournalException(
                    "Cannot save position " + sequence + " of the cursor " + file + ": " + Problems.text(e), e);
        }
        saves++;
        position = OptionalLong.of(sequence);
    }

    private static byte[] encode(long position, long saves) {
        ByteBuffer content = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt(0, MAGIC);
        content.putInt(4, VERSION);
        content.putLong(8, position);
        content.putLong(16, saves);
        content.putInt(BYTES - 4, checksum(content));
        return content.array();
    }

    private static int checksum(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.slice(0, BYTES - 4));
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                lock.close();
            } catch (IOException e) {
                throw new JournalException("Cannot let go of the cursor '" + name + "': " + Problems.text(e), e);
            }
        }
    }
}
