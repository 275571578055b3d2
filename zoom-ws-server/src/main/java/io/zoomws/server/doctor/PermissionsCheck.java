package io.zoomws.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Judges who may write into the directory of a subscription, and who may look into it. */
final class PermissionsCheck {

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /**
     * What was found, without making anything.
     *
     * @param directory of the subscription
     * @param nearest it, or the nearest above it that is there
     * @param isDirectory whether that is a directory
     * @param usable whether this process may read, write and enter that
     * @param isOpen whether others may do any of that in the directory itself
     */
    record Facts(Path directory, Path nearest, boolean isDirectory, boolean usable, boolean isOpen) {

        static Facts of(Path directory) {
            Path wanted = directory.toAbsolutePath().normalize();
            Path there = wanted;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return new Facts(
                    wanted,
                    there,
                    Files.isDirectory(there),
                    Files.isReadable(there) && Files.isWritable(there) && Files.isExecutable(there),
                    there.equals(wanted) && isOpenToOthers(there));
        }

        private static boolean isOpenToOthers(Path there) {
            try {
                return !OWNER.containsAll(Files.getPosixFilePermissions(there));
            } catch (IOException | UnsupportedOperationException unknown) {
                return false; // a file system that knows no such permissions
            }
        }
    }

    private PermissionsCheck() {}

    static Verdict judge(Facts facts) {
        if (!facts.isDirectory()) {
            return Verdict.failure(
                    facts.nearest() + " is no directory", "move it away, or choose another zoomws.data (--data)");
        }
        if (!facts.usable()) {
            return Verdict.failure(
                    "this user may not read, write and enter " + facts.nearest(),
                    "run zoom-ws as the user that owns it, or choose another zoomws.data (--data)");
        }
        if (facts.isOpen()) {
            return Verdict.warning(
                    "other users of this machine may look into " + facts.directory()
                            + ", and what is journaled holds live credentials",
                    "chmod 700 '" + facts.directory() + "'");
        }
        return Verdict.ok(
                facts.nearest().equals(facts.directory())
                        ? facts.directory() + " is this user's"
                        : facts.directory() + " is not there yet and can be made");
    }
}
