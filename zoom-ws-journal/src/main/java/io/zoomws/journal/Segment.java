package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One directory of the journal: a Chronicle queue of a single cycle, and the index derived from it.
 *
 * <p>Its name holds its number and the sequence of its first entry. So the end of a segment is known from the name of the
 * next one: whatever lies behind that end in the file was never announced and is never read.
 *
 * <p>An empty directory {@code NUMBER-FIRST-LAST.skipped} stands for sequences that this journal never gives to an entry: see
 * {@link JournalRestore}.
 *
 * @param number from 1 (0: {@link #lost}), rising by one with each open and each roll
 * @param firstSequence of its first entry
 * @param directory where it lies
 */
record Segment(long number, long firstSequence, Path directory) {

    private static final Pattern NAME = Pattern.compile("(\\d{8})-(\\d{19})(?:-(\\d{19})\\.skipped)?");
    private static final String UNFINISHED = ".new";
    private static final String SKIPPED = ".skipped";

    static Segment of(Path journal, long number, long firstSequence) {
        return new Segment(number, firstSequence, journal.resolve(name(number, firstSequence)));
    }

    /** Stands for sequences without entries. */
    static Segment skipped(Path journal, long number, long first, long last) {
        return new Segment(
                number,
                first,
                journal.resolve(String.format(Locale.ROOT, "%s-%019d%s", name(number, first), last, SKIPPED)));
    }

    boolean isSkipped() {
        return directory.toString().endsWith(SKIPPED);
    }

    /** The last of the sequences that are skipped, 0 for a segment of entries. */
    long lastSkipped() {
        Matcher matcher = NAME.matcher(String.valueOf(directory.getFileName()));
        return matcher.matches() && matcher.group(3) != null ? Long.parseLong(matcher.group(3)) : 0;
    }

    /** The last sequence that is known to be given, or skipped, from the names of all segments alone. */
    static long sealed(List<Segment> inOrder) {
        if (inOrder.isEmpty()) {
            return 0;
        }
        Segment newest = inOrder.get(inOrder.size() - 1);
        return newest.isSkipped() ? newest.lastSkipped() : newest.firstSequence() - 1;
    }

    /** One that is no part of the journal until it is renamed. */
    static Segment unfinished(Path journal, long number, long firstSequence) {
        return new Segment(number, firstSequence, journal.resolve(name(number, firstSequence) + UNFINISHED));
    }

    private static String name(long number, long firstSequence) {
        return String.format(Locale.ROOT, "%08d-%019d", number, firstSequence);
    }

    /** Whether a segment of that name would be found. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Removes what {@link Rewrite} left unfinished: copies of what is still there. */
    static void discardUnfinished(Path journal) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(journal, "*-*" + UNFINISHED)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (NAME.matcher(name.substring(0, name.length() - UNFINISHED.length()))
                        .matches()) {
                    Directories.delete(child);
                }
            }
        }
    }

    /** Removes one of which no entry was ever announced; nothing happens if it was never made. */
    void delete() throws IOException {
        Directories.delete(directory);
    }

    /** One that is not there: stands for entries that were in front of the oldest one and are lost. */
    static Segment lost(Path journal, long firstSequence) {
        return new Segment(0, firstSequence, journal);
    }

    boolean isLost() {
        return number == 0;
    }

    /** The segments of a journal in order, those without any entry included. */
    static List<Segment> list(Path journal) {
        return kept(listAll(journal), journal);
    }

    /** The same, also if two of them cannot be of one journal. */
    static List<Segment> listUnchecked(Path journal) {
        return kept(find(journal), journal);
    }

    private static List<Segment> kept(List<Segment> all, Path journal) {
        long oldest = Removed.read(journal).before();
        int first = 0;
        while (first + 1 < all.size() && all.get(first + 1).firstSequence() <= oldest) {
            first++;
        }
        return all.subList(first, all.size());
    }

    /** With those that retention has removed and that are there all the same, since it did not come to its end. */
    static List<Segment> listAll(Path journal) {
        List<Segment> found = find(journal);
        checkChain(found);
        return found;
    }

    private static List<Segment> find(Path journal) {
        List<Segment> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(journal)) {
            for (Path child : children) {
                Matcher matcher = NAME.matcher(String.valueOf(child.getFileName()));
                if (matcher.matches()) {
                    found.add(new Segment(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), child));
                }
            }
        } catch (IOException e) {
            throw new JournalException("Cannot list " + journal + ": " + Problems.text(e), e);
        }
        found.sort(Comparator.comparingLong(Segment::number).thenComparingLong(Segment::firstSequence));
        return List.copyOf(found);
    }

    /** Each segment has a number of its own and begins where the one before ends, or both are from two journals. */
    private static void checkChain(List<Segment> inOrder) {
        for (int i = 1; i < inOrder.size(); i++) {
            Segment before = inOrder.get(i - 1);
            Segment segment = inOrder.get(i);
            if (segment.number() == before.number() || segment.firstSequence() < before.firstSequence()) {
                throw new JournalException(before.directory() + " and " + segment.directory()
                        + " cannot be of one journal: move the one that was copied here away");
            }
        }
    }

    Path index() {
        return directory.resolve("index");
    }

    /** The cycle file; absent if the writer died before its first entry. */
    Optional<Path> data() {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, "*.cq4")) {
            for (Path child : children) {
                return Optional.of(child);
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new JournalException("Cannot list " + directory + ": " + Problems.text(e), e);
        }
    }

    /**
     * The bytes of index and cycle file, without the sparse rest behind the last entry.
     *
     * @param lastSequence of the last entry
     */
    long usedBytes(long lastSequence) {
        long dataBytes = data().map(file -> file.toFile().length()).orElse(0L);
        long indexBytes = index().toFile().length();
        try (IndexFile open = IndexFile.read(this)) {
            IndexRecord last = lastSequence < firstSequence ? null : open.find(lastSequence);
            if (last != null && !last.damaged()) {
                dataBytes = Math.min(dataBytes, last.position() + last.totalBytes());
            }
            return dataBytes + indexBytes;
        } catch (IOException missingOrDamaged) {
            return dataBytes + indexBytes; // then the length of the file must do
        }
    }

    /** The cycle file, which must be there. */
    Path requireData() {
        return data().orElseThrow(() -> new JournalException("The cycle file of the segment " + directory
                + " is missing: restore it from a backup, or continue behind that segment."));
    }
}
