package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one segment into a backup. */
final class SegmentBackup {

    private static final Logger log = LoggerFactory.getLogger(SegmentBackup.class);

    private final SegmentSpan span;
    private final Path copies;
    private long damaged;

    SegmentBackup(SegmentSpan span, Path copies) {
        this.span = span;
        this.copies = copies;
    }

    String name() {
        return BackupManifest.SegmentCopy.directory(
                span.segment().number(), span.segment().firstSequence(), span.last());
    }

    boolean isThere() {
        return Files.isDirectory(copies.resolve(name()));
    }

    /** How many entries are damaged in the journal already. */
    long damaged() {
        return damaged;
    }

    /** Copies it, verifies each entry of the copy, and gives it its name when it is on the disk. */
    BackupManifest.SegmentCopy copy() throws IOException {
        Path fresh = copies.resolve(name() + ".new");
        Directories.delete(fresh);
        Privacy.createDirectory(fresh);
        List<FileSum> files = new ArrayList<>();
        Path data = span.segment().data().orElse(null);
        if (data != null) {
            files.add(FileSum.copy(data, dataBytes(data), fresh.resolve(data.getFileName())));
        }
        Path index = span.segment().index();
        if (Files.exists(index)) {
            long records = span.last() - span.segment().firstSequence() + 1;
            long wanted = IndexFile.bytes(records);
            files.add(FileSum.copy(index, Math.min(wanted, Files.size(index)), fresh.resolve("index")));
        }
        Path types = SegmentContents.file(span.segment());
        if (Files.exists(types)) {
            files.add(FileSum.copy(types, Files.size(types), fresh.resolve(types.getFileName())));
        }
        try (DirectoryStream<Path> tables =
                Files.newDirectoryStream(span.segment().directory(), "*.cq4t")) {
            for (Path table : tables) {
                files.add(FileSum.copy(table, Files.size(table), fresh.resolve(table.getFileName())));
            }
        }
        verify(fresh);
        Directories.force(fresh);
        Files.move(fresh, copies.resolve(name()), StandardCopyOption.ATOMIC_MOVE);
        Directories.force(copies);
        return manifest(files);
    }

    private BackupManifest.SegmentCopy manifest(List<FileSum> files) {
        return new BackupManifest.SegmentCopy(
                span.segment().number(), span.segment().firstSequence(), span.last(), files);
    }

    /** What lies behind its last entry is not its own. */
    private long dataBytes(Path data) throws IOException {
        try (SegmentEntries entries = new SegmentEntries(span.segment(), span.last())) {
            long end = entries.endOfLast();
            return end < 0 ? Files.size(data) : end;
        }
    }

    /** Damage that the journal has as well is copied and told; other damage is of the target's disk. */
    private void verify(Path fresh) throws IOException {
        Segment copy = new Segment(span.segment().number(), span.segment().firstSequence(), fresh);
        try (SegmentEntries ours = new SegmentEntries(span.segment(), span.last());
                SegmentEntries theirs = new SegmentEntries(copy, span.last())) {
            while (ours.hasNext()) {
                byte[] original = ours.next();
                if (!Arrays.equals(original, theirs.next())) {
                    throw new IOException("the copy of " + span.segment().directory()
                            + " differs from it: the disk or the memory of this machine is failing");
                }
                damaged += original == null ? 1 : 0;
            }
        }
        if (damaged > 0) {
            log.warn(
                    "{} entries of {} are damaged, and so in the backup: 'zoom-ws journal verify' names them",
                    damaged,
                    span.segment().directory());
        }
    }

    /**
     * Keeps what is there of an earlier backup, or of one that was cut short. It is right if its cycle file is the same, or if
     * that differs in nothing but Chronicle's own words, at least all entries are.
     */
    BackupManifest.SegmentCopy reuse(Optional<BackupManifest.SegmentCopy> known) throws IOException {
        Path directory = copies.resolve(name());
        List<FileSum> files = known.isPresent() ? known.get().files() : sums(directory);
        for (FileSum file : files) {
            Path there = directory.resolve(file.name());
            if (!Files.exists(there) || Files.size(there) != file.bytes()) {
                throw damagedCopy(directory);
            }
        }
        Path data = span.segment().data().orElse(null);
        boolean same = data != null && files.contains(sum(data));
        if (!same) {
            compare(directory);
        }
        return manifest(files);
    }

    private FileSum sum(Path data) throws IOException {
        return FileSum.of(data, dataBytes(data));
    }

    private static List<FileSum> sums(Path directory) throws IOException {
        List<FileSum> sums = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                sums.add(FileSum.of(file, Files.size(file)));
            }
        }
        return sums;
    }

    private void compare(Path directory) throws IOException {
        Segment copy = new Segment(span.segment().number(), span.segment().firstSequence(), directory);
        long lost = 0;
        try (SegmentEntries ours = new SegmentEntries(span.segment(), span.last());
                SegmentEntries theirs = new SegmentEntries(copy, span.last())) {
            while (ours.hasNext()) {
                byte[] original = ours.next();
                byte[] copied = theirs.next();
                if (original != null && copied == null) {
                    throw damagedCopy(directory);
                }
                if (original != null && !Arrays.equals(original, copied)) {
                    throw new JournalException("The backup holds other entries in " + directory + " than "
                            + span.segment().directory()
                            + ": it is of another journal. Nothing was changed; name a new directory.");
                }
                lost += original == null && copied != null ? 1 : 0;
            }
        }
        if (lost > 0) {
            log.warn(
                    "{} entries of {} are damaged in the journal and whole in {}, which is kept: copy it back while no server"
                            + " runs",
                    lost,
                    span.segment().directory(),
                    directory);
        }
    }

    private static JournalException damagedCopy(Path directory) {
        return new JournalException("The copy " + directory
                + " is damaged: delete that directory and run this again, and it is copied anew");
    }
}
