package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Takes whole segments away from the front of a journal, so that a crash at any moment leaves a journal that opens, with the
 * sequences that it had.
 *
 * <p>First {@link Removed} says how far: from that moment on nobody lists those segments any more. Then they get names that
 * no segment has, and then they are deleted. Whatever a crash leaves undone is done by the next opening or the next removal.
 * A reader that has a segment open reads on in it.
 */
final class Removal {

    private static final String GONE = ".gone";

    private final Path journal;
    private final Runnable step;

    /**
     * For one journal.
     *
     * @param journal whose {@code retention} lock the caller holds, but for {@link #delete}
     * @param step told after each change on disk; a test stops there
     */
    Removal(Path journal, Runnable step) {
        this.journal = journal;
        this.step = step;
    }

    /** Removes what lies before a sequence, which is the first one of a segment, except for the deletion. */
    void hide(Removed removed) throws IOException {
        removed.write(journal);
        step.run();
        rename();
    }

    /** Gives all segments that are no part of the journal any more names that show it. */
    void rename() throws IOException {
        List<Segment> kept = Segment.list(journal);
        boolean renamed = false;
        for (Segment segment : Segment.listAll(journal)) {
            if (!kept.contains(segment)) {
                Path from = segment.directory();
                Files.move(from, from.resolveSibling(from.getFileName() + GONE), StandardCopyOption.ATOMIC_MOVE);
                renamed = true;
                step.run();
            }
        }
        if (renamed) {
            Directories.force(journal);
        }
    }

    /** Deletes what {@link #rename} has renamed, whenever that was; others may do so at the same time. */
    void delete() throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(journal, "*" + GONE)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (Segment.isName(name.substring(0, name.length() - GONE.length()))) {
                    delete(child);
                }
            }
        }
    }

    private void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
                step.run();
            }
        } catch (NoSuchFileException deletedByAnother) {
            return;
        }
        Files.deleteIfExists(directory);
        step.run();
    }
}
