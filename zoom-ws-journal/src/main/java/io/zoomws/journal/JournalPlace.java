package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a place on disk is like for a journal, looked at and not touched. The rules are those of the writer, which enforces
 * them.
 *
 * @param path what was looked at: the directory, or the nearest one above it if it is not there yet
 * @param fileSystem its type, as the system names it; {@code unknown} if it does not say
 * @param totalBytes of the file system
 * @param usableBytes of it, for this user
 * @param stopBytes with less than these nothing is received: the reserve and what may still be on its way; 0 without a reserve
 * @param refusal why no journal can be kept there at all: one line with the remedy
 */
public record JournalPlace(
        Path path, String fileSystem, long totalBytes, long usableBytes, long stopBytes, Optional<String> refusal) {

    /**
     * Looks.
     *
     * @param data the data directory; it need not be there
     * @param settings how the journal is to be written
     * @return what is there now
     */
    public static JournalPlace of(Path data, JournalSettings settings) {
        Path there = JournalDirectory.existing(data.toAbsolutePath().normalize());
        long totalBytes = there.toFile().getTotalSpace();
        long reserveBytes = SpaceGuard.reserve(settings.reserveBytes(), totalBytes);
        return new JournalPlace(
                there,
                type(there),
                totalBytes,
                DiskSpace.OF_FILE_SYSTEM.usableBytes(there),
                reserveBytes == 0 ? 0 : reserveBytes + SpaceGuard.margin(settings.marginBytes(), totalBytes),
                RemoteFileSystem.refusal(there));
    }

    private static String type(Path there) {
        try {
            return Files.getFileStore(there).type();
        } catch (IOException unknown) {
            return "unknown";
        }
    }
}
