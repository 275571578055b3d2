package io.zoomws.journal;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One cursor. Each save writes a new file of 32 bytes, forces it, and renames it over the old one, so that at any moment
 * the whole old or the whole new position is there.
 *
 * <pre>
 *   0 "ZWJC" | 4 version 1 | 8 position | 16 number of saves | 24 1 if at rest, else 0 | 28 CRC32C
 * </pre>
 */
final class FileCursor implements Cursor {

    private static final int MAGIC = 0x434A575A;
    private static final int VERSION = 1;
    private static final int BYTES = 32;

    /**
     * What the file holds.
     *
     * @param position sequence of the next entry to be handled
     * @param saves how many there were
     * @param atRest whether nothing from there on was given to a handler
     */
    record Saved(long position, long saves, boolean atRest) {}

    private final Path file;
    private final String name;
    private final OwnerLock lock;

    /** What is on disk. */
    private Known known;

    /** What is to be there as soon as there is a position. */
    private Known wanted;

    private @Nullable Saved saved;
    private boolean closed;

    private FileCursor(Path file, String name, OwnerLock lock, Known known, @Nullable Saved saved) {
        this.file = file;
        this.name = name;
        this.lock = lock;
        this.known = known;
        this.wanted = known == Known.NEVER ? Known.OPTIONAL : known;
        this.saved = saved;
    }

    /**
     * Opens it where it stands.
     *
     * @param known what is to be remembered from now on; {@link Known#NEVER}: as before
     * @throws LostPositionException if it once had a position, and that is not there or damaged
     */
    static FileCursor open(Path file, String name, OwnerLock lock, Known known) throws IOException {
        Path directory = file.resolveSibling(".");
        Known before = Known.read(directory, name);
        Saved saved = null;
        if (Files.exists(file)) {
            saved = read(file);
            if (saved == null) {
                throw new LostPositionException(
                        "The cursor " + file + " is damaged, so where its consumer stood is not known", name);
            }
        } else if (before != Known.NEVER) {
            throw new LostPositionException(
                    "The cursor " + file + " is gone, so where its consumer stood is not known", name);
        }
        FileCursor cursor = new FileCursor(file, name, lock, before, saved);
        cursor.remember(known == Known.NEVER ? cursor.wanted : known);
        return cursor;
    }

    /** Opens it whatever is there, to be saved anew. */
    static FileCursor anew(Path file, String name, OwnerLock lock) throws IOException {
        return new FileCursor(file, name, lock, Known.read(file.resolveSibling("."), name), null);
    }

    /** What is saved, or null if it is damaged. */
    static @Nullable Saved read(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        return content.capacity() == BYTES
                        && content.getInt(0) == MAGIC
                        && content.getInt(4) == VERSION
                        && content.getInt(BYTES - 4) == checksum(content)
                        && content.getLong(8) >= 1
                ? new Saved(content.getLong(8), content.getLong(16), content.getInt(24) == 1)
                : null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OptionalLong position() {
        return saved == null ? OptionalLong.empty() : OptionalLong.of(saved.position());
    }

    @Override
    public boolean isAtRest() {
        return saved != null && saved.atRest();
    }

    @Override
    public void save(long sequence) {
        save(sequence, false);
    }

    @Override
    public void saveAtRest(long sequence) {
        save(sequence, true);
    }

    private void save(long sequence, boolean atRest) {
        if (closed) {
            throw new JournalException("The cursor '" + name + "' is closed");
        }
        if (sequence < 1) {
            throw new IllegalArgumentException("A position is 1 or more, not " + sequence);
        }
        Saved next = new Saved(sequence, saved == null ? 1 : saved.saves() + 1, atRest);
        try {
            Directories.replace(file, encode(next));
            saved = next;
            remember(wanted);
        } catch (IOException e) {
            throw new JournalException(
                    "Cannot save position " + sequence + " of the cursor " + file + ": " + Problems.text(e), e);
        }
    }

    /** Only a cursor with a position is remembered. */
    private void remember(Known wish) throws IOException {
        wanted = wish;
        if (saved != null && known != wish) {
            wish.write(file.resolveSibling("."), name);
            known = wish;
        }
    }

    private static byte[] encode(Saved saved) {
        ByteBuffer content = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt(0, MAGIC);
        content.putInt(4, VERSION);
        content.putLong(8, saved.position());
        content.putLong(16, saved.saves());
        content.putInt(24, saved.atRest() ? 1 : 0);
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
