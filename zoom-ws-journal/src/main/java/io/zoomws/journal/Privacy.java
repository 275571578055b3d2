package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read what is journaled: events carry live credentials, {@code download_token} for one.
 *
 * <p>One directory decides, {@code DATA/<subscription>}, and that of a backup: nobody gets past one that is its owner's only, so
 * that what is in it need not be walked through at each start. Files are made for the owner only all the same, so that a copy of
 * one, made with its mode, stays private.
 */
public final class Privacy {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNERS_FILE = PosixFilePermissions.fromString("rw-------");

    private Privacy() {}

    /**
     * Makes a directory of a subscription, and the subscription's own and the data directory, for the owner only; what is above
     * them as usual. What is there is left alone, whoever may read it.
     */
    static void createDirectories(Path directory) throws IOException {
        Path subscription = directory.toAbsolutePath().getParent();
        Path data = subscription == null ? null : subscription.getParent();
        // Asked first, since a link to a directory is a directory here and none to Files.createDirectories.
        if (data != null && !Files.isDirectory(data)) {
            if (data.getParent() != null) {
                Files.createDirectories(data.getParent());
            }
            Files.createDirectories(data, mode(data, OWNER_ONLY));
        }
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, mode(directory, OWNER_ONLY));
        }
    }

    /** Makes a directory in one of ours. */
    static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, mode(directory, OWNER_ONLY));
    }

    /**
     * Makes an empty file for its owner only, whatever the umask.
     *
     * @param file that is not there yet
     * @throws FileAlreadyExistsException if it is there
     * @throws IOException if it cannot be made
     */
    public static void createFile(Path file) throws IOException {
        Files.createFile(file, mode(file, OWNERS_FILE));
    }

    /** Makes it if there is none; returns it. */
    static Path file(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                createFile(file);
            } catch (FileAlreadyExistsException madeMeanwhile) {
                return file;
            }
        }
        return file;
    }

    /** Takes from others what a library has given them when it made a file. */
    static void restrict(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, OWNERS_FILE);
        }
    }

    private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /**
     * Refuses a directory that others may look into, to whoever is about to write there. One that is not there is not refused,
     * nor is one of a file system that keeps no permissions: see {@link #notice}.
     *
     * @throws JournalException with the command that mends it
     */
    static void requireOwnerOnly(Path directory) throws IOException {
        if (isTooOpen(directory)) {
            throw new JournalException("Other users of this machine may look into " + directory
                    + ", and what is journaled holds live credentials: chmod -R go-rwx '" + directory + "'");
        }
    }

    /**
     * Whether whoever is about to write into a directory is refused, since others may look into it.
     *
     * @param directory of a subscription; it need not be there
     * @return false also if its file system keeps no permissions: see {@link #notice}
     * @throws IOException if it cannot be looked at
     */
    public static boolean isTooOpen(Path directory) throws IOException {
        return Files.isDirectory(directory) && isPosix(directory) && isOpen(directory) && keepsPermissions(directory);
    }

    /**
     * What to say, once, of a directory of which it cannot be told who may look into it.
     *
     * @param directory that is there
     * @return one line; empty if it can be told
     * @throws IOException if it cannot be looked at
     */
    public static Optional<String> notice(Path directory) throws IOException {
        boolean told = isPosix(directory) && (!isOpen(directory) || keepsPermissions(directory));
        return told
                ? Optional.empty()
                : Optional.of("The file system of " + directory + " keeps no permissions of files: who may read what is"
                        + " journaled there cannot be told, and it holds live credentials");
    }

    private static boolean isOpen(Path directory) throws IOException {
        Set<PosixFilePermission> others = new HashSet<>(Files.getPosixFilePermissions(directory));
        others.removeAll(OWNER_ONLY);
        return !others.isEmpty();
    }

    /** Tried, since Java calls a USB stick POSIX as well; only where permissions are too wide, so it costs nothing as a rule. */
    private static boolean keepsPermissions(Path directory) throws IOException {
        if (!Files.isWritable(directory)) {
            return true;
        }
        Path probe = Files.createTempDirectory(directory, ".permissions", mode(directory, OWNER_ONLY));
        try {
            return !isOpen(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
