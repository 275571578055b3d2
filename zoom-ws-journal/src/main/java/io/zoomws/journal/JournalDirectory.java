package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Where the parts of a subscription's data lie. A journal carries a small text file {@code format}; a directory without it
 * that is not empty is somebody else's, and is left alone. Its second line is a number drawn at random when the journal was
 * made, which its indexes carry as well: so a segment that was copied from another journal is known for what it is.
 */
final class JournalDirectory {

    static final String FORMAT_FILE = "format";

    private static final String FORMAT_PREFIX = "zoom-ws journal ";
    private static final String FORMAT = FORMAT_PREFIX + "1\n";
    private static final String ID_PREFIX = "id ";
    private static final int HEX = 16;
    private static final String FRESH_FORMAT_FILE = "format.new";

    /** A first start that was killed leaves these and nothing else. */
    private static final Set<String> FIRST_FILES = Set.of("lock", Mark.FILE_NAME, FRESH_FORMAT_FILE);

    private static final SecureRandom ID = new SecureRandom();

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
            refuseIfHidden(journal);
            throw new JournalException("There is no journal at " + journal
                    + ": check --data and the subscription's name, or start the server once to create it");
        }
        try {
            // Any byte is a character then; a damaged file is to be named, not to fail in decoding.
            String format = Files.readString(journal.resolve(FORMAT_FILE), StandardCharsets.ISO_8859_1);
            if (!format.startsWith(FORMAT)) {
                String first = format.lines().findFirst().orElse("");
                throw new JournalException(journal + " is not a journal of format 1 but says '"
                        + printable(first.strip()) + "': "
                        + (format.startsWith(FORMAT_PREFIX)
                                ? "use the version of zoom-ws that wrote it, or a newer one"
                                : "use another data directory"));
            }
        } catch (IOException e) {
            throw new JournalException("Cannot read " + journal.resolve(FORMAT_FILE) + ": " + Problems.text(e), e);
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\P{Print}", "?");
    }

    /** The journal's own number; 0 for one that has none, which fits all. */
    static long id(Path journal) throws IOException {
        if (!exists(journal)) {
            return 0;
        }
        for (String line : Files.readAllLines(journal.resolve(FORMAT_FILE), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(ID_PREFIX)) {
                try {
                    return Long.parseUnsignedLong(line.substring(ID_PREFIX.length()), HEX);
                } catch (NumberFormatException e) {
                    throw new IOException(
                            journal.resolve(FORMAT_FILE) + " holds '" + printable(line)
                                    + "', which is no number of a journal",
                            e);
                }
            }
        }
        return 0;
    }

    /** A directory that may not be looked into seems to hold nothing. */
    private static void refuseIfHidden(Path journal) {
        Path there = existing(journal);
        if (!Files.isReadable(there) || !Files.isExecutable(there)) {
            throw new JournalException(
                    "Cannot read " + there + ": permission denied. Run zoom-ws as the user that owns" + " it.");
        }
    }

    /** The path, or the nearest one above it that can be seen. */
    static Path existing(Path path) {
        Path there = path.toAbsolutePath();
        for (Path above = there; above != null && !Files.exists(there); above = above.getParent()) {
            there = above;
        }
        return there;
    }

    /** Makes a journal's directory if there is none; refuses before anything is written if it is not ours. */
    static void prepare(Path journal) {
        Optional<String> remote = RemoteFileSystem.refusal(existing(journal));
        if (remote.isPresent()) {
            throw new JournalException(remote.get());
        }
        if (exists(journal)) {
            check(journal);
            writable(journal);
            return;
        }
        refuseIfHidden(journal);
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
            Files.write(Privacy.file(Mark.file(journal)), new byte[0]);
            Path fresh = journal.resolve(FRESH_FORMAT_FILE);
            Files.writeString(Privacy.file(fresh), FORMAT + ID_PREFIX + Long.toHexString(idFor(journal)) + "\n");
            Directories.force(fresh);
            Files.move(fresh, journal.resolve(FORMAT_FILE), StandardCopyOption.ATOMIC_MOVE);
            forceNames(journal);
        }
    }

    /** That of the segments that are there, as after restoring a backup; otherwise a new one. */
    private static long idFor(Path journal) throws IOException {
        for (Segment segment : Segment.list(journal)) {
            long id = IndexFile.journalId(segment);
            if (id != 0) {
                return id;
            }
        }
        return ID.nextLong(1, Long.MAX_VALUE);
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

    /** What is in it too: after one run as another user, its files are that user's. */
    private static void writable(Path journal) {
        for (Path path : List.of(journal, journal.resolve("lock"), Mark.file(journal))) {
            if (Files.exists(path) && !Files.isWritable(path)) {
                throw new JournalException("Cannot write to " + path
                        + ": permission denied. Make the data directory writable, or use another.");
            }
        }
    }
}
