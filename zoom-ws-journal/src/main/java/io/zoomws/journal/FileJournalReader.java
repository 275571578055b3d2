package io.zoomws.journal;

import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a journal from its files, in the writer's process or another one; {@link Visibility} is the difference. */
final class FileJournalReader implements JournalReader {

    private static final Logger log = LoggerFactory.getLogger(FileJournalReader.class);

    private final Path journal;
    private final String subscription;
    private final Visibility visibility;

    /** Guarded by itself, as is closing. */
    private final Set<FileTailer> tailers = new HashSet<>();

    /** Numbers of segments, so that each is told once. */
    private final Set<Long> damaged = ConcurrentHashMap.newKeySet();

    private volatile List<Segment> segments;
    private volatile boolean closed;

    FileJournalReader(Path journal, String subscription, Visibility visibility) {
        this.journal = journal;
        this.subscription = subscription;
        this.visibility = visibility;
        this.segments = list(journal);
    }

    /** What is lost in front of the oldest segment is read as damage; what retention removed is not read at all. */
    private static List<Segment> list(Path journal) {
        List<Segment> found = Segment.list(journal);
        Removed removed = Removed.read(journal);
        if (found.isEmpty() || !removed.isLostBefore(found.get(0).firstSequence())) {
            return found;
        }
        List<Segment> all = new ArrayList<>();
        all.add(Segment.lost(journal, removed.before()));
        all.addAll(found);
        return List.copyOf(all);
    }

    @Override
    public String subscription() {
        return subscription;
    }

    Visibility visibility() {
        return visibility;
    }

    boolean isClosed() {
        return closed;
    }

    void forget(FileTailer tailer) {
        synchronized (tailers) {
            tailers.remove(tailer);
        }
    }

    @Override
    public long resolve(Position position) {
        ensureOpen();
        Mark mark = mark();
        if (position instanceof Position.Sequence sequence) {
            return sequence.number();
        }
        if (position instanceof Position.Latest) {
            return mark.visible() + 1;
        }
        if (position instanceof Position.Time time) {
            return firstAtOrAfter(Times.nanos(time.instant()), mark);
        }
        return earliest(mark);
    }

    /** The oldest sequence there is, or the one to come if there is none. */
    long earliest(Mark mark) {
        List<Segment> known = segments(mark);
        if (known.stream().filter(segment -> !segment.isLost()).limit(1).anyMatch(FileJournalReader::isGone)) {
            known = list(journal); // retention has removed something
            segments = known;
        }
        long first = known.stream()
                .filter(segment -> !segment.isSkipped())
                .limit(1)
                .mapToLong(Segment::firstSequence)
                .findFirst()
                .orElseGet(() -> Math.max(1, Removed.read(journal).before()));
        return known.isEmpty() ? first : Math.min(first, mark.visible() + 1);
    }

    private static boolean isGone(Segment segment) {
        return !Files.isDirectory(segment.directory());
    }

    private long firstAtOrAfter(long nanos, Mark mark) {
        try {
            return new TimeSeek(this, segments(mark), mark).firstAtOrAfter(nanos);
        } catch (IOException e) {
            throw new JournalException("Cannot read " + journal + ": " + Problems.text(e), e);
        }
    }

    /** The sequence of an entry: a visible one, or, if that is skipped, the one before what is skipped. */
    long held(long sequence, Mark mark) {
        Segment segment = segmentOf(sequence, mark);
        return segment.isSkipped() ? segment.firstSequence() - 1 : sequence;
    }

    /** Whether nothing was written since the journal was restored. */
    boolean isJustRestored(Mark mark) {
        List<Segment> known = segments(mark);
        return !known.isEmpty() && known.get(known.size() - 1).isSkipped();
    }

    /** How many sequences between the oldest entry and the newest are skipped. */
    long skipped(Mark mark) {
        return segments(mark).stream()
                .filter(segment -> segment.isSkipped()
                        && segment.firstSequence() > earliest(mark)
                        && segment.lastSkipped() < mark.visible())
                .mapToLong(segment -> segment.lastSkipped() - segment.firstSequence() + 1)
                .sum();
    }

    /** The index record of a visible sequence, or of the entry before what is skipped. */
    IndexRecord record(long visible, Mark mark) {
        long sequence = held(visible, mark);
        Segment segment = segmentOf(sequence, mark);
        try (IndexFile index = IndexFile.read(segment)) {
            return index.require(sequence);
        } catch (IOException e) {
            throw new JournalException("Cannot read " + segment.index() + ": " + Problems.text(e), e);
        }
    }

    /** When the entry of a visible sequence was received, as far as that can be told where the index is damaged. */
    long receivedAtNanos(long sequence, Mark mark) {
        Segment segment = segmentOf(sequence, mark);
        try (SegmentFiles files = openFiles(segment)) {
            return files.record(sequence).receivedAtNanos();
        } catch (IOException e) {
            throw new JournalException("Cannot read " + segment.directory() + ": " + Problems.text(e), e);
        }
    }

    SegmentFiles openFiles(Segment segment) throws IOException {
        return new SegmentFiles(segment, () -> lastBefore(segment));
    }

    private @Nullable IndexRecord lastBefore(Segment segment) {
        List<Segment> known = segments;
        int before = firstBehind(segment.firstSequence() - 1, known) - 1;
        if (before < 0) {
            return null;
        }
        try (IndexFile index = IndexFile.read(known.get(before))) {
            return index.find(segment.firstSequence() - 1);
        } catch (IOException missingOrDamaged) {
            return null;
        }
    }

    /** Says so once for each segment. */
    void tellDamage(Segment segment, long sequence) {
        if (damaged.add(segment.number())) {
            log.error(
                    "Sequence {} in {} does not match its checksum: the file is damaged. It is given as a quarantine entry,"
                            + " and so is what else is damaged there. Restore the segment from a backup.",
                    sequence,
                    segment.directory());
        }
    }

    /** The segment that holds a visible sequence; of several that begin with it, the last: the others are empty. */
    Segment segmentOf(long sequence, Mark mark) {
        List<Segment> known = segments(mark);
        for (int i = firstBehind(sequence, known) - 1; i >= 0; i--) {
            if (Files.isDirectory(known.get(i).directory())) {
                return known.get(i);
            }
        }
        throw new JournalException("Sequence " + sequence + " of " + journal
                + " is gone: the segment that held it was removed while it was read. Continue at earliest.");
    }

    /** The sequence at which the segment ends, exclusive. */
    long endOf(Segment segment, Mark mark) {
        List<Segment> known = segments(mark);
        int behind = firstBehind(segment.firstSequence(), known);
        long end = mark.visible() + 1;
        return behind == known.size() ? end : Math.min(known.get(behind).firstSequence(), end);
    }

    /** The place of the first segment that begins behind a sequence; there may be ten thousand of them. */
    private static int firstBehind(long sequence, List<Segment> known) {
        int low = 0;
        int high = known.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (known.get(middle).firstSequence() <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** All segments, of which the mark knows the newest. */
    List<Segment> segments(Mark mark) {
        List<Segment> known = segments;
        if (known.isEmpty() || known.get(known.size() - 1).number() < mark.segment()) {
            known = list(journal);
            segments = known;
        }
        return known;
    }

    Mark mark() {
        try {
            return visibility.current();
        } catch (IOException e) {
            throw new JournalException("Cannot read " + Mark.file(journal) + ": " + Problems.text(e), e);
        }
    }

    @Override
    public Tailer tail(long sequence) {
        return tail(sequence, Choice.all());
    }

    @Override
    public Tailer tail(long sequence, Set<EntryKind> kinds, EventFilter events) {
        return tail(sequence, new Choice(kinds, events));
    }

    private Tailer tail(long sequence, Choice choice) {
        ensureOpen();
        if (sequence < 1) {
            throw new IllegalArgumentException("A sequence is 1 or more, not " + sequence);
        }
        FileTailer tailer = new FileTailer(this, choice, Math.max(sequence, earliest(mark())));
        synchronized (tailers) {
            ensureOpen();
            tailers.add(tailer);
        }
        return tailer;
    }

    void ensureOpen() {
        if (closed) {
            throw new JournalException("The reader of " + journal + " is closed");
        }
    }

    @Override
    public void close() {
        List<FileTailer> open;
        synchronized (tailers) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(tailers);
        }
        // Outside the lock: a tailer waits for the read that goes on.
        try {
            visibility.close();
        } finally {
            open.forEach(FileTailer::close);
        }
    }
}
