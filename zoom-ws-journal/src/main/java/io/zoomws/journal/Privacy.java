package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may read what is journaled: events carry live credentials, {@code download_token} for one. Where a file system knows
 * no POSIX permissions nothing is done and nothing said.
 */
final class Privacy {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private Privacy() {}

    /**
     * Makes a directory of a subscription, and the subscription's own, for the owner only; what is above them as usual. What
     * is there is left alone, whoever may read it.
     */
    static void createDirectories(Path directory) throws IOException {
        Path subscription = directory.toAbsolutePath().getParent();
        Path data = subscription == null ? null : subscription.getParent();
        // Asked first, since a link to a directory is a directory here and none to Files.createDirectories.
        if (data != null && !Files.isDirectory(data)) {
            Files.createDirectories(data);
        }
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly(directory));
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        return isPosix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    /** What to tell the user of a directory that others may look into; empty if they may not, or if that cannot be told. */
    static Optional<String> complaint(@Nullable Path subscription) {
        if (subscription == null || !isPosix(subscription)) {
            return Optional.empty();
        }
        try {
            Set<PosixFilePermission> others = new HashSet<>(Files.getPosixFilePermissions(subscription));
            others.removeAll(OWNER_ONLY);
            return others.isEmpty()
                    ? Optional.empty()
                    : Optional.of("Other users of this machine may look into " + subscription
                            + ", and what is journaled holds live credentials: chmod 700 '" + subscription + "'");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
