package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole journal and says what is wrong with it: each announced entry against its checksum, its place in the order
 * and its index record, the names of the segments, the mark, the format, the cursors. Works beside a writer, in any process,
 * looks at nothing behind the mark as it was at the beginning, and changes nothing.
 *
 * <p>What Chronicle Queue writes besides the entries is not looked at, since no reader of ours believes it.
 */
public final class JournalVerifier {

    private static final Pattern LIKE_A_SEGMENT = Pattern.compile("\\d{5,}-\\d+");

    private final Path journal;
    private final Findings findings = new Findings();
    private final CursorCheck cursors;
    private final long startNanos = System.nanoTime();

    private JournalVerifier(Path journal, Path cursors) {
        this.journal = journal;
        this.cursors = new CursorCheck(cursors, findings);
    }

    /** Told how far the work is, by the thread that does it. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Some more was looked at.
         *
         * @param entries so many were looked at
         * @param all so many there are, 0 if that is not known
         * @return false to stop
         */
        boolean passed(long entries, long all);
    }

    /**
     * Verifies a journal.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @param progress told every few thousand entries
     * @return what was found
     * @throws JournalException if there is no journal, or its directory cannot be listed
     */
    public static JournalReport verify(Path data, String subscription, Progress progress) {
        Path journal = JournalDirectory.journal(data, subscription);
        if (!JournalDirectory.exists(journal)) {
            JournalDirectory.check(journal);
        }
        return new JournalVerifier(journal, JournalDirectory.cursors(data, subscription)).run(progress);
    }

    private JournalReport run(Progress progress) {
        if (!hasFormat()) {
            return report(true, List.of(), 0, 0, 0);
        }
        cursors.read();
        Mark mark = mark();
        List<Segment> segments = Segment.listUnchecked(journal);
        checkFront(segments);
        checkNames(segments);
        long last = last(mark, segments);
        if (mark != null) {
            cursors.compare(Math.max(last, mark.visible()));
        }
        if (segments.isEmpty() && last > 0) {
            findings.add(problem(
                    JournalProblem.Kind.SEGMENT_MISSING,
                    journal,
                    "all segments are missing, and the mark says that there were " + last + " entries",
                    "restore the journal from a backup"));
        }
        return read(mark, segments, last, progress);
    }

    private JournalReport read(@Nullable Mark mark, List<Segment> segments, long last, Progress progress) {
        SegmentCheck.Order order = new SegmentCheck.Order();
        long first = segments.isEmpty() ? 1 : segments.get(0).firstSequence();
        long all = last == SegmentCheck.Extent.OPEN ? 0 : last - first + 1;
        long entries = 0;
        long bytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            long before = segment.firstSequence() - first;
            SegmentCheck check = new SegmentCheck(segment, extent(i, mark, segments, last), order, findings);
            boolean whole = check.run(done -> progress.passed(before + done, all));
            entries += check.entries();
            bytes += check.bytes();
            if (!whole) {
                return report(false, segments.subList(0, i + 1), last, entries, bytes);
            }
        }
        return report(true, segments, last == SegmentCheck.Extent.OPEN ? first + entries - 1 : last, entries, bytes);
    }

    /** A segment ends where a later one begins, or where the mark is. */
    private static SegmentCheck.Extent extent(int place, @Nullable Mark mark, List<Segment> segments, long last) {
        long first = segments.get(place).firstSequence();
        long end = last == SegmentCheck.Extent.OPEN ? last : last + 1;
        for (int i = place + 1; i < segments.size(); i++) {
            if (segments.get(i).firstSequence() >= first) {
                end = Math.min(end, segments.get(i).firstSequence());
            }
        }
        long nextNumber =
                place + 1 < segments.size() ? segments.get(place + 1).number() : mark == null ? 0 : mark.segment() + 1;
        return new SegmentCheck.Extent(end, nextNumber);
    }

    private boolean hasFormat() {
        try {
            JournalDirectory.check(journal);
            return true;
        } catch (JournalException e) {
            findings.add(problem(
                    JournalProblem.Kind.FORMAT,
                    journal.resolve(JournalDirectory.FORMAT_FILE),
                    String.valueOf(e.getMessage()),
                    "if no other version ever wrote this journal, restore this file from a backup and verify again"));
            return false;
        }
    }

    private @Nullable Mark mark() {
        try (RandomAccessFile file = new RandomAccessFile(Mark.file(journal).toFile(), "r")) {
            return Mark.read(file);
        } catch (IOException e) {
            findings.add(problem(
                    JournalProblem.Kind.MARK,
                    Mark.file(journal),
                    Files.exists(Mark.file(journal)) ? "cannot be read: " + Problems.text(e) : "is missing",
                    "start the server once: it is written anew from the journal"));
            return null;
        }
    }

    /** The newest entry to look at. */
    private long last(@Nullable Mark mark, List<Segment> segments) {
        long sealed = Segment.sealed(segments);
        boolean written = isWritten();
        if (mark == null) {
            return written ? sealed : SegmentCheck.Extent.OPEN;
        }
        if (mark.visible() >= sealed || written) {
            return mark.visible();
        }
        // Nobody writes, or a writer has just ended: then the mark is as new as it gets.
        Mark now = mark();
        if (now != null && now.visible() >= sealed) {
            return mark.visible();
        }
        findings.add(problem(
                JournalProblem.Kind.MARK,
                Mark.file(journal),
                "says that " + mark.visible() + " is the newest entry, and those up to " + sealed
                        + " are there: readers do not see them",
                "start the server once: it is written anew from the journal"));
        return sealed;
    }

    private boolean isWritten() {
        try {
            return OwnerLock.holder(journal.resolve("lock")).isPresent();
        } catch (IOException e) {
            findings.add(problem(
                    JournalProblem.Kind.UNREADABLE,
                    journal.resolve("lock"),
                    "cannot be read: " + Problems.text(e),
                    "make it readable: without it nobody can tell whether the journal is being written"));
            return true;
        }
    }

    /** What is missing before the oldest segment was removed by retention, or is lost. */
    private void checkFront(List<Segment> segments) {
        long kept = Removed.read(journal).before();
        if (kept > 0 && !segments.isEmpty() && segments.get(0).firstSequence() > kept) {
            findings.add(new JournalProblem(
                    JournalProblem.Kind.SEGMENT_MISSING,
                    journal,
                    kept,
                    segments.get(0).firstSequence() - 1,
                    "is missing before the oldest segment, and retention did not remove it",
                    "restore the segment from a backup"));
        }
    }

    private void checkNames(List<Segment> segments) {
        for (int i = 1; i < segments.size(); i++) {
            Segment before = segments.get(i - 1);
            Segment segment = segments.get(i);
            if (segment.number() == before.number() || segment.firstSequence() < before.firstSequence()) {
                findings.add(problem(
                        JournalProblem.Kind.SEGMENT_NAME,
                        segment.directory(),
                        "does not fit behind " + before.directory().getFileName(),
                        "see whether it was put here from another journal or backup, and move it away"));
            }
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(journal)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (LIKE_A_SEGMENT.matcher(name).matches() && !Segment.isName(name)) {
                    findings.add(problem(
                            JournalProblem.Kind.SEGMENT_NAME,
                            child,
                            "is no name of a segment, so that nobody reads it",
                            "give it the name it had, or move it away"));
                }
            }
        } catch (IOException e) {
            throw new JournalException("Cannot list " + journal + ": " + Problems.text(e), e);
        }
    }

    private static JournalProblem problem(JournalProblem.Kind kind, Path file, String what, String remedy) {
        return new JournalProblem(kind, file, 0, 0, what, remedy);
    }

    private JournalReport report(boolean complete, List<Segment> segments, long last, long entries, long bytes) {
        List<Segment> now = segments.isEmpty() ? segments : Segment.listUnchecked(journal);
        long oldest = now.isEmpty() ? 0 : now.get(0).number();
        Findings.Problems problems = findings.problems(oldest);
        boolean empty = last == 0 || segments.isEmpty();
        return new JournalReport(
                complete,
                empty ? 0 : segments.get(0).firstSequence(),
                empty ? 0 : last,
                (int) segments.stream().filter(segment -> !segment.isSkipped()).count(),
                (int) segments.stream()
                        .filter(segment -> !segment.isSkipped() && segment.number() < oldest)
                        .count(),
                entries,
                bytes,
                Duration.ofNanos(System.nanoTime() - startNanos),
                problems.count(),
                problems.first(),
                findings.quarantined(),
                segments.stream()
                        .filter(Segment::isSkipped)
                        .map(segment -> new SequenceRange(segment.firstSequence(), segment.lastSkipped()))
                        .toList());
    }
}
