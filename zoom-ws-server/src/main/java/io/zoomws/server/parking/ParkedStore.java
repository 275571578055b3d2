package io.zoomws.server.parking;

import io.zoomws.journal.Directories;
import io.zoomws.journal.Privacy;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.ParkedQueue;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one instance failed on, on disk. Whatever a method has done when it returns survives a crash of process and machine.
 * Methods may be called by any thread and any process, except that only the instance parks.
 */
public final class ParkedStore implements ParkedQueue {

    /** The type told of an entry whose file is damaged. */
    public static final String DAMAGED = "damaged";

    private static final String PARKED = ".parked";
    private static final String REDRIVE = ".redrive";
    private static final String HALF_WRITTEN = ".new";

    /** Says that a file was read and is not what was written. */
    private static final class DamagedException extends JournalException {

        @Serial
        private static final long serialVersionUID = 1;

        DamagedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final Path folder;

    /**
     * The store in a folder.
     *
     * @param folder of one instance; it is made when something is parked
     */
    public ParkedStore(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder.
     *
     * @return there or not
     */
    public Path folder() {
        return folder;
    }

    @Override
    public int size() {
        return sequences().size();
    }

    /**
     * The sequences of what is parked, damaged files included.
     *
     * @return a copy, in order
     * @throws JournalException if the folder cannot be read
     */
    public SortedSet<Long> sequences() {
        return named(PARKED);
    }

    /**
     * What is to be delivered again and has not been yet.
     *
     * @return a copy, in order
     * @throws JournalException if the folder cannot be read
     */
    public SortedSet<Long> requested() {
        return named(REDRIVE);
    }

    /** Also what cannot be read: as an event of type {@link #DAMAGED} whose error says how that is mended. */
    @Override
    public List<ParkedEntry> entries() {
        List<ParkedEntry> entries = new ArrayList<>();
        for (long sequence : sequences()) {
            about(sequence).ifPresent(entries::add);
        }
        return List.copyOf(entries);
    }

    /**
     * Whether an entry is parked.
     *
     * @param sequence of the entry
     * @return whether its file is there, damaged or not
     */
    public boolean contains(long sequence) {
        return Files.exists(file(sequence, PARKED));
    }

    /**
     * Why an entry is parked.
     *
     * @param sequence of the entry
     * @return empty if it is not; if its file is damaged, that is what is told
     * @throws JournalException if its file cannot be read just now, whatever is in it
     */
    public Optional<ParkedEntry> about(long sequence) {
        try {
            return read(sequence).map(ParkedFile::about);
        } catch (DamagedException damaged) {
            return Optional.of(new ParkedEntry(
                    sequence, DAMAGED, changed(sequence), 0, String.valueOf(damaged.getMessage()), Optional.empty()));
        }
    }

    /**
     * The entry itself.
     *
     * @param sequence of the entry
     * @return empty if it is not parked
     * @throws JournalException if its file is damaged, or cannot be read just now; the message names it and says what to do
     */
    public Optional<Entry> entry(long sequence) {
        return read(sequence).map(ParkedFile::copy);
    }

    /**
     * Parks an entry, or writes over what was parked of it. A request to deliver it again is thereby done with.
     *
     * @param about why
     * @param entry the entry, of the same sequence
     * @throws JournalException if it cannot be written: what was there before still is
     */
    public void park(ParkedEntry about, Entry entry) {
        try {
            makeFolder();
            Directories.replace(file(about.sequence(), PARKED), new ParkedFile(about, entry).encoded());
            if (Files.deleteIfExists(file(about.sequence(), REDRIVE))) {
                Directories.force(folder);
            }
        } catch (IOException e) {
            throw new JournalException("sequence " + about.sequence() + " cannot be parked in " + folder + ": " + e, e);
        }
    }

    @Override
    public void redrive(long sequence) {
        if (!contains(sequence)) {
            return;
        }
        try {
            Privacy.createFile(file(sequence, REDRIVE));
        } catch (FileAlreadyExistsException e) {
            return; // asked for already
        } catch (IOException e) {
            throw refused("asked for again", sequence, e);
        }
        force("asked for again", sequence);
    }

    @Override
    public void discard(long sequence) {
        try {
            boolean there = Files.deleteIfExists(file(sequence, PARKED));
            // In this order: a request without an entry means nothing, an entry without its request would wait.
            there |= Files.deleteIfExists(file(sequence, REDRIVE));
            if (!there) {
                return;
            }
        } catch (IOException e) {
            throw refused("discarded", sequence, e);
        }
        force("discarded", sequence);
    }

    /** Forgets a request, without the entry. */
    void dismiss(long sequence) {
        try {
            Files.deleteIfExists(file(sequence, REDRIVE));
        } catch (IOException e) {
            throw refused("dismissed", sequence, e);
        }
    }

    /** Removes what a crash left half-written. Only for the instance, before it parks anything. */
    void clean() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + HALF_WRITTEN)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new JournalException("The folder " + folder + " cannot be cleaned: " + e, e);
        }
    }

    private Optional<ParkedFile> read(long sequence) {
        Path file = file(sequence, PARKED);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) { // too many open files, missing rights: nothing is known of what is in it
            throw new JournalException(
                    "the file " + file + " of a parked entry cannot be read now (" + e
                            + "): mend that, nothing is lost",
                    e);
        }
        try {
            ParkedFile content = ParkedFile.decode(bytes);
            if (content.about().sequence() != sequence || content.copy().sequence() != sequence) {
                throw new IOException("it is of another sequence");
            }
            return Optional.of(content);
        } catch (IOException e) {
            throw new DamagedException(
                    "the file " + file + " of a parked entry cannot be read (" + e.getMessage()
                            + "): restore it, or replay sequence " + sequence
                            + " if the journal still has it and discard this",
                    e);
        }
    }

    private Instant changed(long sequence) {
        try {
            return Files.getLastModifiedTime(file(sequence, PARKED)).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH; // nothing is known of it
        }
    }

    private SortedSet<Long> named(String suffix) {
        SortedSet<Long> sequences = new TreeSet<>();
        if (!Files.isDirectory(folder)) {
            return sequences;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*" + suffix)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                String digits = name.substring(0, name.length() - suffix.length());
                if (digits.matches("[1-9][0-9]{0,17}")) {
                    sequences.add(Long.parseLong(digits));
                }
            }
        } catch (IOException e) {
            throw new JournalException("The folder " + folder + " of parked entries cannot be read: " + e, e);
        }
        return sequences;
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(folder, ownerOnly);
        // The new folder, and the one above it, are entries of folders that must be on disk as well.
        Directories.force(folder.resolveSibling("."));
        Directories.force(folder.resolveSibling(".").resolve(".."));
    }

    private void force(String what, long sequence) {
        try {
            if (Files.isDirectory(folder)) {
                Directories.force(folder);
            }
        } catch (IOException e) {
            throw refused(what, sequence, e);
        }
    }

    private JournalException refused(String what, long sequence, IOException e) {
        return new JournalException("sequence " + sequence + " in " + folder + " cannot be " + what + ": " + e, e);
    }

    private Path file(long sequence, String suffix) {
        return folder.resolve(sequence + suffix);
    }
}
