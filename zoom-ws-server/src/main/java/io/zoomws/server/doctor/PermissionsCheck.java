package io.zoomws.server.doctor;

import io.zoomws.journal.Privacy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Judges who may write into the directory of a subscription, and who may look into it. */
final class PermissionsCheck {

    /**
     * What was found; nothing is left behind.
     *
     * @param directory of the subscription
     * @param nearest it, or the nearest above it that is there
     * @param isDirectory whether that is a directory
     * @param usable whether this process may read, write and enter that
     * @param tooOpen whether a writer is refused, since others may look into the directory
     * @param notice why it cannot be told who may
     */
    record Facts(
            Path directory,
            Path nearest,
            boolean isDirectory,
            boolean usable,
            boolean tooOpen,
            Optional<String> notice) {

        static Facts of(Path directory) throws IOException {
            Path wanted = directory.toAbsolutePath().normalize();
            Path there = wanted;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            boolean usable = Files.isReadable(there) && Files.isWritable(there) && Files.isExecutable(there);
            boolean made = usable && there.equals(wanted) && Files.isDirectory(there);
            return new Facts(
                    wanted,
                    there,
                    Files.isDirectory(there),
                    usable,
                    made && Privacy.isTooOpen(there),
                    made ? Privacy.notice(there) : Optional.empty());
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
        if (facts.tooOpen()) {
            return Verdict.failure(
                    "other users of this machine may look into " + facts.directory()
                            + ", and what is journaled holds live credentials: nothing is written there",
                    "chmod -R go-rwx '" + facts.directory() + "'");
        }
        if (facts.notice().isPresent()) {
            return Verdict.warning(facts.notice().get(), "use a data directory on a file system that keeps them");
        }
        return Verdict.ok(
                facts.nearest().equals(facts.directory())
                        ? facts.directory() + " is this user's only"
                        : facts.directory() + " is not there yet and can be made");
    }
}
