package io.zoomws.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads the cursors of a journal that is verified, without taking hold of any. One thread. */
final class CursorCheck {

    private final Path directory;
    private final Findings findings;
    private final Map<Path, Long> positions = new TreeMap<>();

    CursorCheck(Path directory, Findings findings) {
        this.directory = directory;
        this.findings = findings;
    }

    /** Reads the files; to be done before the mark is read, since cursors move on as the journal grows. */
    void read() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (JournalDirectory.isName(String.valueOf(file.getFileName()))) {
                    read(file);
                }
            }
        } catch (IOException e) {
            unreadable(directory, e);
        }
    }

    private void read(Path file) {
        try {
            FileCursor.Saved saved = FileCursor.read(file);
            if (saved == null) {
                findings.add(
                        new JournalProblem(
                                JournalProblem.Kind.CURSOR,
                                file,
                                0,
                                0,
                                "does not match its checksum",
                                "say where its consumer goes on: zoom-ws cursors set, or delete it with zoom-ws cursors delete"));
            } else {
                positions.put(file, saved.position());
            }
        } catch (NoSuchFileException deletedMeanwhile) {
            positions.remove(file);
        } catch (IOException e) {
            unreadable(file, e);
        }
    }

    private void unreadable(Path file, IOException e) {
        findings.add(new JournalProblem(
                JournalProblem.Kind.UNREADABLE,
                file,
                0,
                0,
                "cannot be read: " + Problems.text(e),
                "make it readable, or see what the operating system says about its disk"));
    }

    /** Compares with the newest entry. One before the oldest is no problem: that is what retention leaves. */
    void compare(long newest) {
        positions.forEach((file, position) -> {
            if (position > newest + 1) {
                findings.add(new JournalProblem(
                        JournalProblem.Kind.CURSOR,
                        file,
                        0,
                        0,
                        "points to sequence " + position + ", and the newest entry is " + newest,
                        "see whether it belongs to another journal or backup, then set the position anew"));
            }
        });
    }
}
