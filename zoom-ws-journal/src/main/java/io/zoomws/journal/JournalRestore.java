package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Makes a journal of a backup, in a place where there is none. It is copied and verified under another name, {@code
 * DATA/.<subscription>.restoring}, and gets its own when it is whole and on the disk; cut short, it leaves nothing that anybody
 * takes for a journal, and the next one begins anew.
 *
 * <p><b>No sequence ever means two events.</b> What was journaled behind the backup is lost, and its sequences may be known: to a
 * cursor, a plugin that keeps its position itself, whoever read them. So they are not given again. Numbers go on behind the next
 * multiple of a billion above every one that is known, and an empty directory {@code NUMBER-FIRST-LAST.skipped} among the segments
 * stands for what lies between. The epoch is the second of the restoring, since runs that are lost have raised it unseen.
 */
public final class JournalRestore {

    /** More than anybody is expected to have lost, and few enough that sequences stay exact in a JSON reader's double. */
    static final long STEP = 1_000_000_000;

    /** Twice a step below the end of all numbers: no journal comes so far, but a cursor may be set there. */
    private static final long MOST = Long.MAX_VALUE - 2 * STEP;

    /**
     * What was restored.
     *
     * @param subscription whose journal it is now
     * @param first the oldest sequence in it
     * @param last the newest sequence in it, 0 if there is none
     * @param next the sequence at which it goes on
     * @param cursors how many came with it
     */
    public record Report(String subscription, long first, long last, long next, int cursors) {}

    private final Path source;
    private final BackupManifest manifest;
    private final Path place;
    private final Path staging;
    private final InstantSource clock;

    private JournalRestore(Path source, BackupManifest manifest, Path data, String name, InstantSource clock) {
        this.source = source;
        this.manifest = manifest;
        this.place = JournalDirectory.subscription(data, name);
        this.staging = data.resolve("." + name + ".restoring");
        this.clock = clock;
    }

    /**
     * Restores. The journal can then be opened as any other. Cursors that are in the place already stay as they are.
     *
     * @param source the directory of the backup
     * @param data the data directory; made if missing
     * @param subscription the name it is to have; empty: the one it had
     * @param known asked, by its name, for the highest sequence of the lost journal that is known from elsewhere, 0 if none is
     * @param clock that the new epoch is taken from
     * @return what was restored
     * @throws JournalException if there is a journal already, if the backup is not complete or damaged, or if the disk fails
     */
    public static Report restore(
            Path source, Path data, Optional<String> subscription, ToLongFunction<String> known, InstantSource clock) {
        try {
            BackupManifest manifest = BackupManifest.read(source)
                    .orElseThrow(() -> new JournalException(source + " is no complete backup: it has no "
                            + BackupManifest.FILE_NAME + ". Name the directory that 'zoom-ws journal backup' wrote to,"
                            + " or let that come to its end."));
            String name = subscription.orElse(manifest.subscription());
            return new JournalRestore(source, manifest, data, name, clock).run(name, known.applyAsLong(name));
        } catch (IOException e) {
            throw new JournalException("Cannot restore " + source + ": " + Problems.text(e), e);
        }
    }

    private Report run(String name, long known) throws IOException {
        Path journal = place.resolve("journal");
        if (Files.exists(journal) || (Files.exists(place) && !Files.isDirectory(place))) {
            throw new JournalException("There is something at " + (Files.isDirectory(place) ? journal : place)
                    + " already, and nothing is overwritten: move it away, or name another data directory, or another"
                    + " --subscription");
        }
        Privacy.requireOwnerOnly(place);
        Path fresh = staging.resolve("journal");
        Privacy.createDirectories(fresh);
        long floor;
        // Becomes the journal's lock, so that nobody opens it before all is done.
        OwnerLock lock =
                OwnerLock.take(fresh.resolve(Journals.LOCK_FILE), "The restoring to " + place, clock.instant());
        try {
            discardEarlier();
            floor = floor(known);
            copy(fresh, floor);
            if (Files.exists(place)) {
                restoreCursors(place);
                Files.move(fresh, journal, StandardCopyOption.ATOMIC_MOVE);
                Directories.force(place);
                Files.delete(staging);
            } else {
                restoreCursors(staging);
                Directories.force(staging);
                Files.move(staging, place, StandardCopyOption.ATOMIC_MOVE);
            }
            Directories.force(place.resolveSibling("."));
        } finally {
            lock.close();
        }
        List<BackupManifest.SegmentCopy> segments = manifest.segments();
        long first = segments.isEmpty() ? floor + 1 : segments.get(0).first();
        return new Report(
                name, first, manifest.visible(), floor + 1, manifest.cursors().size());
    }

    /** The last sequence that is skipped. */
    private long floor(long known) throws IOException {
        long highest = Math.max(known, manifest.visible());
        highest = Math.max(highest, new CursorStore(place.resolve("cursors")).highestPassed());
        for (BackupManifest.CursorCopy cursor : manifest.cursors()) {
            highest = Math.max(highest, cursor.position().orElse(1) - 1);
        }
        if (highest > MOST) {
            throw new JournalException("Sequence " + highest + " is known, and a journal ends at " + MOST
                    + ": set the cursor that stands there to where its consumer is, and restore again");
        }
        return (highest / STEP + 1) * STEP;
    }

    private void copy(Path journal, long floor) throws IOException {
        long number = 0;
        long behind = 0;
        for (BackupManifest.SegmentCopy copy : manifest.segments()) {
            if (behind > 0 && behind < copy.first()) {
                skip(journal, number + 1, behind, copy.first() - 1); // as the journal that was backed up did
            }
            copy(copy, Segment.of(journal, copy.number(), copy.first()).directory());
            number = copy.number();
            behind = copy.last() + 1;
        }
        if (!manifest.removed().equals(Removed.NOTHING)) {
            manifest.removed().write(journal);
        }
        JournalDirectory.label(journal);
        skip(journal, number + 1, manifest.visible() + 1, floor);
        long epoch = Math.max(manifest.epoch() + 1, clock.instant().getEpochSecond());
        try (RandomAccessFile file =
                new RandomAccessFile(Privacy.file(Mark.file(journal)).toFile(), "rw")) {
            new Mark(manifest.visible() == 0 ? 0 : floor, number + 1, epoch).write(file);
            file.getFD().sync();
        }
        Directories.force(journal);
    }

    private static void skip(Path journal, long number, long first, long last) throws IOException {
        Privacy.createDirectory(Segment.skipped(journal, number, first, last).directory());
    }

    private void copy(BackupManifest.SegmentCopy segment, Path into) throws IOException {
        Path from = source.resolve(JournalBackup.SEGMENTS).resolve(segment.directory());
        Privacy.createDirectory(into);
        for (FileSum file : segment.files()) {
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

    private void restoreCursors(Path subscription) throws IOException {
        CursorStore store = new CursorStore(subscription.resolve("cursors"));
        for (BackupManifest.CursorCopy cursor : manifest.cursors()) {
            if (store.isThere(cursor.name())) {
                continue; // newer, and what it has passed is skipped
            }
            if (cursor.position().isPresent()) {
                store.set(cursor.name(), cursor.position().getAsLong());
                store.require(cursor.name(), cursor.required());
            } else {
                store.restoreLost(cursor.name(), cursor.required());
            }
        }
    }

    /** Of one that was cut short; the lock is ours. */
    private void discardEarlier() throws IOException {
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
