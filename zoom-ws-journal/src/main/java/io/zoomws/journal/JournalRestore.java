package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes a journal of a backup, in a place where there is none. It is copied and verified under another name, {@code
 * DATA/.<subscription>.restoring}, and gets its own when it is whole and on the disk; cut short, it leaves nothing that anybody
 * takes for a journal, and the next one begins anew.
 */
public final class JournalRestore {

    /**
     * What was restored.
     *
     * @param subscription whose journal it is now
     * @param first the oldest sequence in it
     * @param last the newest sequence in it, 0 if there is none
     * @param cursors how many came with it
     */
    public record Report(String subscription, long first, long last, int cursors) {}

    private JournalRestore() {}

    /**
     * Restores. The journal can then be opened as any other: sequences go on behind the last one, in a new epoch.
     *
     * @param source the directory of the backup
     * @param data the data directory; made if missing
     * @param subscription the name it is to have; empty: the one it had
     * @return what was restored
     * @throws JournalException if there is a journal already, if the backup is not complete or damaged, or if the disk fails
     */
    public static Report restore(Path source, Path data, Optional<String> subscription) {
        try {
            BackupManifest manifest = BackupManifest.read(source)
                    .orElseThrow(() -> new JournalException(source + " is no complete backup: it has no "
                            + BackupManifest.FILE_NAME + ". Name the directory that 'zoom-ws journal backup' wrote to,"
                            + " or let that come to its end."));
            String name = subscription.orElse(manifest.subscription());
            Path place = JournalDirectory.subscription(data, name);
            if (!isFree(place)) {
                throw new JournalException(
                        "There is something at " + place
                                + " already, and nothing is overwritten: name another data directory, or another --subscription");
            }
            Path staging = data.resolve("." + name + ".restoring");
            Path journal = staging.resolve("journal");
            Privacy.createDirectories(journal);
            // Becomes the journal's lock, so that nobody opens it before all is done.
            OwnerLock lock = OwnerLock.take(
                    journal.resolve(Journals.LOCK_FILE),
                    "The restoring to " + place,
                    Clock.systemUTC().instant());
            try {
                copy(source, manifest, staging);
                Files.move(staging, place, StandardCopyOption.ATOMIC_MOVE);
                Directories.force(data);
            } finally {
                lock.close();
            }
            return report(name, manifest);
        } catch (IOException e) {
            throw new JournalException("Cannot restore " + source + ": " + Problems.text(e), e);
        }
    }

    private static Report report(String name, BackupManifest manifest) {
        long first = manifest.segments().isEmpty()
                ? manifest.visible() + 1
                : manifest.segments().get(0).first();
        return new Report(name, first, manifest.visible(), manifest.cursors().size());
    }

    private static boolean isFree(Path place) throws IOException {
        if (!Files.exists(place)) {
            return true;
        }
        if (!Files.isDirectory(place)) {
            return false;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(place)) {
            return !children.iterator().hasNext();
        }
    }

    private static void copy(Path source, BackupManifest manifest, Path staging) throws IOException {
        Path journal = staging.resolve("journal");
        discardEarlier(staging);
        for (BackupManifest.SegmentCopy copy : manifest.segments()) {
            Path from = source.resolve(JournalBackup.SEGMENTS).resolve(copy.directory());
            Path into = Segment.of(journal, copy.number(), copy.first()).directory();
            Privacy.createDirectory(into);
            for (FileSum file : copy.files()) {
                Path original = from.resolve(file.name());
                if (!Files.exists(original)
                        || Files.size(original) != file.bytes()
                        || !FileSum.copy(original, file.bytes(), into.resolve(file.name()))
                                .equals(file)) {
                    throw new JournalException(original
                            + " is missing or damaged: nothing was restored. Use another backup, or make one anew.");
                }
            }
            Directories.force(into);
        }
        if (!manifest.removed().equals(Removed.NOTHING)) {
            manifest.removed().write(journal);
        }
        JournalDirectory.label(journal);
        writeMark(journal, manifest);
        restoreCursors(staging, manifest.cursors());
        Directories.force(journal);
        Directories.force(staging);
    }

    private static void writeMark(Path journal, BackupManifest manifest) throws IOException {
        List<BackupManifest.SegmentCopy> segments = manifest.segments();
        long newest = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).number();
        try (RandomAccessFile file =
                new RandomAccessFile(Privacy.file(Mark.file(journal)).toFile(), "rw")) {
            new Mark(manifest.visible(), newest, manifest.epoch()).write(file);
            file.getFD().sync();
        }
    }

    private static void restoreCursors(Path staging, List<BackupManifest.CursorCopy> cursors) throws IOException {
        CursorStore store = new CursorStore(staging.resolve("cursors"));
        for (BackupManifest.CursorCopy cursor : cursors) {
            if (cursor.position().isPresent()) {
                store.set(cursor.name(), cursor.position().getAsLong());
                store.require(cursor.name(), cursor.required());
            } else {
                store.restoreLost(cursor.name(), cursor.required());
            }
        }
    }

    /** Of one that was cut short; the lock is ours. */
    private static void discardEarlier(Path staging) throws IOException {
        Directories.delete(staging.resolve("cursors"));
        try (DirectoryStream<Path> children = Files.newDirectoryStream(staging.resolve("journal"))) {
            for (Path child : children) {
                if (!child.endsWith(Journals.LOCK_FILE)) {
                    Directories.delete(child);
                }
            }
        }
    }
}
