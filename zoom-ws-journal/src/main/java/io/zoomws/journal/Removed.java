package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far retention has removed a journal: the content of the file {@code removed}, which is replaced before the first
 * segment is touched. So that file alone decides: whatever lies below it is no part of the journal, gone or not yet, and what
 * is missing above it is lost.
 *
 * <pre>
 *   0 "ZWJR" | 4 version 1 | 8 oldest sequence that stays | 16 time of the journal's very first entry | 24 zero | 28 CRC32C
 * </pre>
 *
 * @param before the oldest sequence that stays; 1 if nothing was ever removed, 0 if that cannot be told
 * @param beganAtNanos when the very first entry was received: since then somebody wanted to receive; 0 if that is still there,
 *     or cannot be told
 */
record Removed(long before, long beganAtNanos) {

    static final String FILE_NAME = "removed";

    /** Of a journal that retention has not touched. */
    static final Removed NOTHING = new Removed(1, 0);

    /** Of a journal whose file is damaged: then what is missing in front is taken for removed. */
    private static final Removed UNTOLD = new Removed(0, 0);

    private static final Logger log = LoggerFactory.getLogger(Removed.class);
    private static final String SPARE_FILE = ".removed.new";
    private static final int MAGIC = 0x524A575A;
    private static final int VERSION = 1;
    private static final int BYTES = 32;

    static Removed read(Path journal) {
        Path file = journal.resolve(FILE_NAME);
        try {
            if (!Files.exists(file)) {
                return NOTHING;
            }
            ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            if (content.capacity() == BYTES
                    && content.getInt(0) == MAGIC
                    && content.getInt(4) == VERSION
                    && content.getInt(BYTES - 4) == checksum(content)) {
                return new Removed(content.getLong(8), content.getLong(16));
            }
            log.warn("{} is damaged: what is missing before the oldest entry is taken for removed by retention", file);
            return UNTOLD;
        } catch (IOException e) {
            throw new JournalException("Cannot read " + file + ": " + Problems.text(e), e);
        }
    }

    /** When this returns, it survives a power cut. */
    void write(Path journal) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt(0, MAGIC);
        content.putInt(4, VERSION);
        content.putLong(8, before);
        content.putLong(16, beganAtNanos);
        content.putInt(BYTES - 4, checksum(content));
        try (RandomAccessFile spare =
                new RandomAccessFile(Privacy.file(spare(journal)).toFile(), "rw")) {
            spare.write(content.array());
            spare.getFD().sync();
        }
        Files.move(
                spare(journal),
                journal.resolve(FILE_NAME),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Directories.force(journal);
    }

    /** Makes room for the next one, as long as there is some: when the disk is full, removing must still be possible. */
    static void reserve(Path journal) {
        if (Files.exists(spare(journal))) {
            return;
        }
        try (RandomAccessFile spare =
                new RandomAccessFile(Privacy.file(spare(journal)).toFile(), "rw")) {
            spare.write(new byte[BYTES]);
            spare.getFD().sync();
        } catch (IOException e) {
            log.warn(
                    "{} cannot be made ({}): if the disk is full, retention cannot make room. Tried again later.",
                    spare(journal),
                    Problems.text(e));
        }
    }

    private static Path spare(Path journal) {
        return journal.resolve(SPARE_FILE);
    }

    /** Whether entries before the first one there are lost, rather than removed. */
    boolean isLostBefore(long firstSequence) {
        return before > 0 && before < firstSequence;
    }

    private static int checksum(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.slice(0, BYTES - 4));
        return (int) crc.getValue();
    }
}
