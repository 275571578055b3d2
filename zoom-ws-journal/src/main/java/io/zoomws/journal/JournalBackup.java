package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a journal and its cursors into a directory of their own, beside the writer or without one. Segments that are there
 * already are not copied again. What is there when it is cut short is used by the next one; the backup before stays whole until
 * the new one is complete.
 *
 * <pre>
 * TARGET/format      "zoom-ws backup 1"
 * TARGET/lock        locked while a backup is made
 * TARGET/manifest    what the backup holds, with checksums; see {@code BackupManifest}
 * TARGET/segments/NUMBER-FIRST-LAST/   copies, made under another name, renamed when they are whole and on the disk
 * </pre>
 */
public final class JournalBackup {

    /**
     * What was done.
     *
     * @param subscription whose journal it is
     * @param last the newest sequence in the backup, 0 if there is none
     * @param segments how many it holds
     * @param copied how many of them were copied now
     * @param bytes that were copied now
     * @param damaged how many entries of the segments copied now were damaged already
     */
    public record Report(String subscription, long last, int segments, int copied, long bytes, long damaged) {}

    static final String SEGMENTS = "segments";

    private static final Logger log = LoggerFactory.getLogger(JournalBackup.class);
    private static final String FORMAT_FILE = "format";

    private final Path journal;
    private final String subscription;
    private final CursorStore cursors;
    private final Path target;
    private int copied;
    private long bytes;
    private long damaged;

    private JournalBackup(Path data, String subscription, Path target) {
        this.journal = JournalDirectory.journal(data, subscription);
        this.subscription = subscription;
        this.cursors = Journals.cursors(data, subscription);
        this.target = target;
    }

    /**
     * Makes a backup, or brings one up to date. It holds all entries that readers saw when this began, which are durable.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @param target made if missing, for its owner only; empty, or an earlier backup of the same journal
     * @return what was done
     * @throws JournalException if there is no journal, if the target holds something else, or if a disk fails
     */
    public static Report backup(Path data, String subscription, Path target) {
        JournalBackup backup = new JournalBackup(data, subscription, target);
        JournalDirectory.check(backup.journal);
        try {
            backup.prepare();
            OwnerLock lock = OwnerLock.take(
                    target.resolve("lock"),
                    "The backup " + target,
                    Clock.systemUTC().instant());
            try {
                return backup.run();
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw new JournalException(
                    "Cannot back up " + backup.journal + " to " + target + ": " + Problems.text(e)
                            + ". Run it again to go on where it was.",
                    e);
        }
    }

    private void prepare() throws IOException {
        boolean fresh = !Files.exists(target.resolve(FORMAT_FILE));
        if (fresh && Files.isDirectory(target)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(target)) {
                if (children.iterator().hasNext()) {
                    throw new JournalException(
                            target + " is not a backup and not empty: name a new directory, or an earlier backup");
                }
            }
        }
        Privacy.requireOwnerOnly(target);
        if (fresh) {
            Privacy.createDirectories(target.resolve(SEGMENTS));
            Directories.force(target.toAbsolutePath().resolveSibling("."));
            Directories.replace(
                    target.resolve(FORMAT_FILE), (BackupManifest.HEADLINE + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!Files.readString(target.resolve(FORMAT_FILE)).equals(BackupManifest.HEADLINE + "\n")) {
            throw new JournalException(target + " was made by another version of zoom-ws: name a new directory");
        }
        Privacy.createDirectories(target.resolve(SEGMENTS));
        Privacy.notice(target).ifPresent(log::warn);
    }

    private Report run() throws IOException {
        Optional<BackupManifest> before = BackupManifest.read(target);
        if (before.isPresent() && !before.get().subscription().equals(subscription)) {
            throw new JournalException(target + " holds a backup of '"
                    + before.get().subscription() + "', not of '" + subscription + "': name a new directory");
        }
        // The cursors first, so that none of them stands behind the end of what is copied.
        List<CursorState> states = cursors.list(1, Long.MAX_VALUE);
        Mark mark = Mark.of(journal);
        List<SegmentSpan> spans = SegmentSpan.list(journal, mark);
        requireSameJournal(before, spans);
        List<BackupManifest.SegmentCopy> copies = new ArrayList<>();
        for (SegmentSpan span : spans) {
            if (!span.isEmpty()) {
                copy(span, before).ifPresent(copies::add);
            }
        }
        Removed removed = Removed.read(journal);
        copies.removeIf(copy -> copy.last() < removed.before());
        BackupManifest manifest = new BackupManifest(
                subscription,
                mark.visible(),
                mark.epoch(),
                oldest(removed, copies),
                states.stream()
                        .filter(state -> state.condition() != CursorState.Condition.NEVER_SAVED)
                        .map(state -> new BackupManifest.CursorCopy(state.name(), state.position(), state.required()))
                        .toList(),
                copies);
        manifest.write(target);
        discardAllBut(manifest);
        return new Report(subscription, mark.visible(), copies.size(), copied, bytes, damaged);
    }

    /** What is skipped in front of the oldest entry is no part of the backup, and not lost in front of it. */
    private Removed oldest(Removed removed, List<BackupManifest.SegmentCopy> copies) {
        boolean skipped = Segment.list(journal).stream().limit(1).anyMatch(Segment::isSkipped);
        return (removed.before() == 0 || skipped) && !copies.isEmpty()
                ? new Removed(copies.get(0).first(), removed.beganAtNanos())
                : removed;
    }

    /** Two histories in one directory would restore to neither. */
    private void requireSameJournal(Optional<BackupManifest> before, List<SegmentSpan> spans) {
        Set<String> there = spans.stream()
                .map(span -> String.valueOf(span.segment().directory().getFileName()))
                .collect(Collectors.toSet());
        long removed = Removed.read(journal).before();
        for (BackupManifest.SegmentCopy copy :
                before.map(BackupManifest::segments).orElse(List.of())) {
            String name = String.valueOf(
                    Segment.of(journal, copy.number(), copy.first()).directory().getFileName());
            if (copy.last() >= removed && !there.contains(name)) {
                throw new JournalException("The backup " + target + " holds the segment " + name + ", and " + journal
                        + " does not, though it was not removed by retention: either it is lost, and can be copied back from there, or"
                        + " this is another journal. Nothing was changed; to keep both, name a new directory.");
            }
        }
    }

    /** Empty if retention has removed it meanwhile. */
    private Optional<BackupManifest.SegmentCopy> copy(SegmentSpan span, Optional<BackupManifest> before)
            throws IOException {
        SegmentBackup backup = new SegmentBackup(span, target.resolve(SEGMENTS));
        Optional<BackupManifest.SegmentCopy> known = before.map(BackupManifest::segments).orElse(List.of()).stream()
                .filter(copy -> copy.directory().equals(backup.name()))
                .findFirst();
        try {
            if (backup.isThere()) {
                return Optional.of(backup.reuse(known));
            }
            BackupManifest.SegmentCopy copy = backup.copy();
            copied++;
            bytes += copy.files().stream().mapToLong(FileSum::bytes).sum();
            damaged += backup.damaged();
            return Optional.of(copy);
        } catch (NoSuchFileException | FileNotFoundException e) {
            if (span.last() < Removed.read(journal).before()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What retention removed from the journal, what has grown since, and what was cut short. */
    private void discardAllBut(BackupManifest manifest) throws IOException {
        Set<String> kept = manifest.segments().stream()
                .map(BackupManifest.SegmentCopy::directory)
                .collect(Collectors.toSet());
        try (DirectoryStream<Path> children = Files.newDirectoryStream(target.resolve(SEGMENTS))) {
            for (Path child : children) {
                if (!kept.contains(String.valueOf(child.getFileName()))) {
                    Directories.delete(child);
                }
            }
        }
    }
}
