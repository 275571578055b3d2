package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Where the parts of a subscription's data lie. A journal carries a small text file {@code format}; a directory without it
 * that is not empty is somebody else's, and is left alone.
 */
final class JournalDirectory {

    static final String FORMAT_FILE = "format";

    private static final String FORMAT_PREFIX = "zoom-ws journal ";
    private static final String FORMAT = FORMAT_PREFIX + "1\n";
    private static final String FRESH_FORMAT_FILE = "format.new";

    /** A first start that was killed leaves these and nothing else. */
    private static final Set<String> FIRST_FILES = Set.of("lock", Mark.FILE_NAME, FRESH_FORMAT_FILE);

    /** Journal, subscription, data. */
    private static final int OWN_LEVELS = 3;

    private static final Pattern SUBSCRIPTION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private JournalDirectory() {}

    static Path journal(Path data, String subscription) {
        return subscription(data, subscription).resolve("journal");
    }

    static Path cursors(Path data, String subscription) {
        return subscription(data, subscription).resolve("cursors");
    }

    static Path subscription(Path data, String subscription) {
        if (!isName(subscription)) {
            throw new IllegalArgumentException(
                    "'" + subscription
                            + "' is no name: use letters, digits, dot, hyphen and underscore, beginning with a letter or digit, at most 100");
        }
        return data.resolve(subscription);
    }

    static boolean isName(String name) {
        return SUBSCRIPTION.matcher(name).matches();
    }

    /** Whether a journal of any version is there. */
    static boolean exists(Path journal) {
        return Files.isRegularFile(journal.resolve(FORMAT_FILE));
    }

    /** Checks that a journal is there which this version can read; changes nothing. */
    static void check(Path journal) {
        if (!exists(journal)) {
            throw new JournalException("There is no journal at " + journal
                    + ": check --data and the subscription's name, or start the server once to create it");
        }
        try {
            // Any byte is a character then; a damaged file is to be named, not to fail in decoding.
            String format = Files.readString(journal.resolve(FORMAT_FILE), StandardCharsets.ISO_8859_1);
            if (!format.equals(FORMAT)) {
                throw new JournalException(journal + " is not a journal of format 1 but says '"
                        + format.strip().replaceAll("\\P{Print}", "?") + "': "
                        + (format.startsWith(FORMAT_PREFIX)
                                ? "use the version of zoom-ws that wrote it, or a newer one"
                                : "use another data directory"));
            }
        } catch (IOException e) {
            throw new JournalException("Cannot read " + journal.resolve(FORMAT_FILE) + ": " + Problems.text(e), e);
        }
    }

    /** Makes a journal's directory if there is none; refuses before anything is written if it is not ours. */
    static void prepare(Path journal) {
        if (exists(journal)) {
            check(journal);
            writable(journal);
            return;
        }
        try {
            Privacy.createDirectories(journal);
            try (DirectoryStream<Path> children = Files.newDirectoryStream(journal)) {
                if (StreamSupport.stream(children.spliterator(), false)
                        .map(child -> String.valueOf(child.getFileName()))
                        .anyMatch(name -> !FIRST_FILES.contains(name))) {
                    throw new JournalException(
                            journal
                                    + " is not a journal and not empty: use another data directory, or move what is in it away");
                }
            }
            writable(journal);
        } catch (IOException e) {
            throw new JournalException(
                    "Cannot create the journal at " + journal + ": " + Problems.text(e)
                            + ". Make the data directory writable, or use another.",
                    e);
        }
    }

    /** Says what a directory is; called when its lock is held. */
    static void label(Path journal) throws IOException {
        if (!exists(journal)) {
            // Readers take the format file for a sign that the mark is there.
            Files.write(Mark.file(journal), new byte[0]);
            Path fresh = journal.resolve(FRESH_FORMAT_FILE);
            Files.writeString(fresh, FORMAT);
            Directories.force(fresh);
            Files.move(fresh, journal.resolve(FORMAT_FILE), StandardCopyOption.ATOMIC_MOVE);
            forceNames(journal);
        }
    }

    /**
     * Forces the directories that hold the journal's names: its own, the subscription's, and the data directory's. Whoever
     * cannot force these cannot promise that anything survives a power cut. The parent of the data directory is forced as
     * well, since we may have made the data directory; above that nothing is ours.
     */
    private static void forceNames(Path journal) throws IOException {
        Path data = journal.toAbsolutePath();
        Path above = data;
        for (int i = 0; i < OWN_LEVELS && above != null; i++) {
            data = above;
            Directories.force(data);
            above = data.getParent();
        }
        if (above == null || !Files.isWritable(above)) {
            return; // where we cannot write we have made nothing
        }
        try {
            Directories.force(above);
        } catch (IOException e) {
            // Some file systems cannot force a directory. Harmless if the data directory is the root of another one: a
            // mount point was there before us.
            if (Files.getFileStore(above).equals(Files.getFileStore(data))) {
                throw e;
            }
        }
    }

    private static void writable(Path journal) {
        if (!Files.isWritable(journal)) {
            throw new JournalException("Cannot write to " + journal
                    + ": permission denied. Make the data directory writable, or use another.");
        }
    }
}
