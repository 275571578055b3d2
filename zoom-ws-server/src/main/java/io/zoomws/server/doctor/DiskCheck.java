package io.zoomws.server.doctor;

import io.zoomws.journal.JournalPlace;
import java.util.Set;

/** Judges the place of the data directory: a file system that keeps its word, and room beyond the reserve. */
final class DiskCheck {

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final String CONTAINER_LAYER = "overlay";

    private DiskCheck() {}

    static Verdict judge(JournalPlace place) {
        if (place.refusal().isPresent()) {
            return Verdict.failure(
                    "no journal can be kept on the file system " + place.fileSystem() + " of " + place.path(),
                    "use a data directory on a local disk: locks and writes cannot be relied on there");
        }
        String room = megabytes(place.usableBytes()) + " are free in " + place.path() + " (" + place.fileSystem() + ")";
        String stop = "nothing is received with less than " + megabytes(place.stopBytes());
        if (place.usableBytes() <= place.stopBytes()) {
            return Verdict.failure(
                    room + ", and " + stop,
                    "make room, let retention do it (zoomws.journal.retention), or lower zoomws.journal.reserve");
        }
        if (place.usableBytes() < 2 * place.stopBytes()) {
            return Verdict.warning(
                    room + ", and " + stop, "make room, or let retention do it (zoomws.journal.retention)");
        }
        if (IN_MEMORY.contains(place.fileSystem())) {
            return Verdict.warning(
                    room + ", which is memory: nothing of it survives a restart of the machine",
                    "use a data directory on a disk");
        }
        if (place.fileSystem().equals(CONTAINER_LAYER)) {
            return Verdict.warning(
                    room + ", which is a container's own layer: it goes with the container",
                    "mount a volume and put zoomws.data there");
        }
        return Verdict.ok(room + "; " + stop);
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
