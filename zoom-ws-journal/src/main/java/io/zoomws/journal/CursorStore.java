package io.zoomws.journal;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The cursors of one subscription: opened by consumers, looked at and changed by whoever looks after them. A file
 * {@code cursors/<name>} holds the position, {@code .<name>.known} that there is one and whether retention waits for it, and
 * {@code .<name>.lock} who has it: a lock on the file itself would be lost when anyone in the process looks at the position.
 *
 * <p>Methods may be called by any thread, and throw {@link JournalException} where files cannot be read or written.
 */
public final class CursorStore implements Cursors {

    private static final String LOCK_SUFFIX = ".lock";

    private final Path directory;

    CursorStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Cursor open(String name) {
        return open(name, Known.NEVER);
    }

    /**
     * As {@link #open(String)}, and from now on retention waits for it, or not.
     *
     * @param name of the cursor
     * @param required whether retention waits for it; remembered until it is opened this way with another word
     * @return the cursor, to be closed by the caller
     * @throws LostPositionException if it once had a position that is gone or damaged
     * @throws JournalException if another holder has it, named in the message
     */
    public Cursor open(String name, boolean required) {
        return open(name, Known.of(required));
    }

    private Cursor open(String name, Known known) {
        return locked(name, lock -> FileCursor.open(directory.resolve(name), name, lock, known));
    }

    /** What is done with a cursor that nobody else has. */
    @FunctionalInterface
    private interface Opening {
        FileCursor with(OwnerLock lock) throws IOException;
    }

    private FileCursor locked(String name, Opening opening) {
        requireName(name);
        try {
            Privacy.requireOwnerOnly(directory.resolveSibling(".").normalize());
            boolean fresh = !Files.isDirectory(directory);
            Privacy.createDirectories(directory);
            if (fresh) {
                // A position that was saved must not vanish with the directory that holds it.
                Directories.force(directory.resolveSibling("."));
            }
            OwnerLock lock = OwnerLock.take(
                    lockFile(name),
                    "The cursor '" + name + "' in " + directory,
                    Clock.systemUTC().instant());
            FileCursor cursor = null;
            try {
                cursor = opening.with(lock);
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

    /**
     * All cursors there are, each with its condition.
     *
     * @param earliest the oldest sequence in the journal
     * @param end the sequence to come
     * @return in the order of their names
     */
    public List<CursorState> list(long earliest, long end) {
        List<CursorState> states = new ArrayList<>();
        try {
            for (String name : names()) {
                Optional<String> holder = OwnerLock.holder(lockFile(name));
                Known known = Known.read(directory, name);
                boolean saved = Files.exists(directory.resolve(name));
                OptionalLong position = position(name);
                if (saved || known != Known.NEVER || holder.isPresent()) {
                    CursorState.Condition unknown = saved
                            ? CursorState.Condition.CORRUPT
                            : known == Known.NEVER ? CursorState.Condition.NEVER_SAVED : CursorState.Condition.LOST;
                    states.add(CursorState.of(name, position, known == Known.REQUIRED, holder, unknown, earliest, end));
                }
            }
        } catch (IOException e) {
            throw new JournalException("Cannot read the cursors in " + directory + ": " + Problems.text(e), e);
        }
        return List.copyOf(states);
    }

    /** The highest sequence that a consumer has passed, 0 if none is known to have passed any. */
    long highestPassed() throws IOException {
        long highest = 0;
        for (String name : names()) {
            highest = Math.max(highest, position(name).orElse(1) - 1);
        }
        return highest;
    }

    private SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        if (!Files.isDirectory(directory)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                for (String suffix : List.of(Known.SUFFIX, LOCK_SUFFIX)) {
                    if (name.startsWith(".") && name.endsWith(suffix)) {
                        name = name.substring(1, Math.max(1, name.length() - suffix.length()));
                    }
                }
                if (JournalDirectory.isName(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Empty if there is none, or it cannot be read. */
    private OptionalLong position(String name) throws IOException {
        Path file = directory.resolve(name);
        FileCursor.Saved saved = Files.exists(file) ? FileCursor.read(file) : null;
        return saved == null ? OptionalLong.empty() : OptionalLong.of(saved.position());
    }

    /**
     * Sets a position, whatever was there before; makes the cursor if there is none.
     *
     * @param name of the cursor
     * @param position sequence of the next entry to be handled, from 1
     * @throws JournalException if somebody has it open, named in the message
     */
    public void set(String name, long position) {
        try (FileCursor cursor = locked(name, lock -> FileCursor.anew(directory.resolve(name), name, lock))) {
            cursor.save(position);
        }
    }

    /**
     * Says whether retention waits for a cursor.
     *
     * @param name of the cursor
     * @param required whether it does
     * @throws JournalException if there is no such cursor, or somebody has it open, named in the message
     */
    public void require(String name, boolean required) {
        requireThere(name);
        // Its position may be lost; whether retention waits for it can be said all the same.
        try (FileCursor ignored = locked(name, lock -> {
            Known.of(required).write(directory, name);
            return FileCursor.anew(directory.resolve(name), name, lock);
        })) {
            return;
        }
    }

    /**
     * Gives another cursor the position of this one.
     *
     * @param from whose position; may be open
     * @param to is made if there is none
     * @param overwrite whether it may be there already
     * @throws JournalException if the first has no position, or the other is there already or open, by whom is said
     */
    public void copy(String from, String to, boolean overwrite) {
        requireThere(from);
        OptionalLong position;
        try {
            position = position(from);
        } catch (IOException e) {
            throw new JournalException("Cannot read the cursor '" + from + "': " + Problems.text(e), e);
        }
        if (position.isEmpty()) {
            throw new JournalException(
                    "The cursor '" + from + "' in " + directory + " has no position that could be copied");
        }
        requireName(to);
        if (!overwrite && isThere(to)) {
            throw new JournalException("There is a cursor '" + to + "' in " + directory
                    + " already: say --force to overwrite its position, or choose another name");
        }
        set(to, position.getAsLong());
    }

    /**
     * Forgets a cursor: whoever opens it next begins as a new consumer does.
     *
     * @param name of the cursor
     * @throws JournalException if there is no such cursor, or somebody has it open, named in the message
     */
    public void delete(String name) {
        requireThere(name);
        try (FileCursor ignored = locked(name, lock -> {
            // In this order, so that a crash in between leaves a cursor, not a lost one. The lock stays: others may
            // wait for it.
            Files.deleteIfExists(Known.file(directory, name));
            Files.deleteIfExists(directory.resolve(name));
            Directories.force(directory);
            return FileCursor.anew(directory.resolve(name), name, lock);
        })) {
            return;
        }
    }

    /** Makes it one whose position is lost, as it was where it was copied from. */
    void restoreLost(String name, boolean required) throws IOException {
        requireName(name);
        Privacy.createDirectories(directory);
        Known.of(required).write(directory, name);
    }

    boolean isThere(String name) {
        return Files.exists(directory.resolve(name)) || Files.exists(Known.file(directory, name));
    }

    private void requireThere(String name) {
        requireName(name);
        if (!isThere(name)) {
            throw new JournalException("There is no cursor '" + name + "' in " + directory
                    + ": 'zoom-ws cursors list' names those there are");
        }
    }

    private static void requireName(String name) {
        if (!JournalDirectory.isName(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a cursor: use letters, digits, dot, hyphen and"
                            + " underscore, beginning with a letter or digit, at most 100");
        }
    }

    private Path lockFile(String name) {
        return directory.resolve("." + name + LOCK_SUFFIX);
    }
}
