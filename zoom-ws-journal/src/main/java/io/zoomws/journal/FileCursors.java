package io.zoomws.journal;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Cursors as files {@code cursors/<name>}, each with a lock {@code .<name>.lock} beside it: a lock on the file itself would
 * be lost when anyone in the process looks at the position.
 */
final class FileCursors implements Cursors {

    private final Path directory;

    FileCursors(Path directory) {
        this.directory = directory;
    }

    @Override
    public Cursor open(String name) {
        if (!JournalDirectory.isName(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a cursor: use letters, digits, dot, hyphen and"
                            + " underscore, beginning with a letter or digit, at most 100");
        }
        try {
            boolean fresh = !Files.isDirectory(directory);
            Privacy.createDirectories(directory);
            if (fresh) {
                // A position that was saved must not vanish with the directory that holds it.
                Directories.force(directory.resolveSibling("."));
            }
            OwnerLock lock = OwnerLock.take(
                    directory.resolve("." + name + ".lock"),
                    "The cursor '" + name + "' in " + directory,
                    Clock.systemUTC().instant());
            FileCursor cursor = null;
            try {
                cursor = FileCursor.open(directory.resolve(name), name, lock);
                return cursor;
            } finally {
                if (cursor == null) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new JournalException(
                    "Cannot open the cursor '" + name + "' in " + directory + ": " + Problems.text(e), e);
        }
    }
}
