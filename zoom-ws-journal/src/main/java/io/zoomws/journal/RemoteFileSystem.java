package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses to write where another machine, or a process in user space, keeps the files: a lock may not keep out a second
 * writer there, a barrier may claim success for what is in a cache, and a mapping may fault when the network does. There is
 * no setting against it: what is journaled there could be lost without a word. Reading is not refused.
 */
final class RemoteFileSystem {

    /** As Linux names them; names of macOS and of Windows are not known to be wrong. */
    private static final Set<String> REMOTE =
            Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "coda", "9p", "webdav");

    /** File systems in user space: sshfs, s3fs, rclone, gcsfuse… A local disk by way of FUSE is called fuseblk. */
    private static final String USER_SPACE = "fuse";

    private RemoteFileSystem() {}

    /** What to tell the user; empty if the file system is local, or if that cannot be told. */
    static Optional<String> refusal(Path path) {
        try {
            String type = Files.getFileStore(path).type();
            return isRemote(type) ? Optional.of(text(path, type)) : Optional.empty();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    static boolean isRemote(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return REMOTE.contains(name) || name.equals(USER_SPACE) || name.startsWith(USER_SPACE + ".");
    }

    static String text(Path path, String type) {
        return "Cannot keep a journal on " + path + ": it is on a file system of type " + type
                + ", where locks and writes to the disk cannot be relied on. Use a data directory on a local disk.";
    }
}
