package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Removes the oldest segments of a journal, whole ones only, beside a writer or without one, from any process. The segment that
 * holds the newest durable entry always stays, and so do the numbers: sequences go on where they were.
 *
 * <p>It waits for consumers whose cursor is required. Others lose what they have not handled, and the report names it.
 */
public final class Retention {

    private static final String LOCK_FILE = "retention.lock";

    private final Path journal;
    private final String subscription;
    private final CursorStore cursors;
    private final InstantSource clock;
    private final Runnable step;

    /**
     * For one journal.
     *
     * @param data the data directory
     * @param subscription the name of the subscription
     * @param clock that ages are measured by
     * @throws JournalException if there is no journal
     */
    public Retention(Path data, String subscription, InstantSource clock) {
        this(data, subscription, clock, () -> {});
    }

    Retention(Path data, String subscription, InstantSource clock, Runnable step) {
        this.journal = JournalDirectory.journal(data, subscription);
        this.subscription = subscription;
        this.cursors = Journals.cursors(data, subscription);
        this.clock = clock;
        this.step = step;
        JournalDirectory.check(journal);
    }

    /** Held while it is decided what goes and what stays; for moments only, so whoever finds it held waits. */
    static OwnerLock lock(Path journal, InstantSource clock) throws IOException {
        return OwnerLock.take(journal.resolve(LOCK_FILE), "The retention of the journal " + journal, clock.instant());
    }

    /**
     * Says what would be removed, and changes nothing.
     *
     * @param policy how much is kept
     * @param pastRequired whether required cursors are not waited for
     * @return what would go
     * @throws JournalException if the journal cannot be read
     */
    public RetentionReport preview(RetentionPolicy policy, boolean pastRequired) {
        try {
            return plan(policy, pastRequired);
        } catch (IOException e) {
            throw new JournalException("Cannot read the journal " + journal + ": " + Problems.text(e), e);
        }
    }

    /**
     * Removes what the policy does not keep. Whatever happens meanwhile, the journal stays whole.
     *
     * @param policy how much is kept
     * @param pastRequired whether required cursors are not waited for
     * @return what went
     * @throws JournalException if another process removes at this moment, or the disk fails
     */
    public RetentionReport apply(RetentionPolicy policy, boolean pastRequired) {
        try {
            Privacy.requireOwnerOnly(journal.resolveSibling(".").normalize());
            Removal removal = new Removal(journal, step);
            RetentionReport report;
            OwnerLock lock = lock(journal, Clock.systemUTC());
            try {
                report = plan(policy, pastRequired);
                if (report.oldestLeft().isPresent()) {
                    removal.hide(new Removed(report.oldestLeft().getAsLong(), beganAtNanos()));
                } else {
                    removal.rename();
                }
            } finally {
                lock.close();
            }
            // Without the lock: it may take long, and whoever opens the journal meanwhile may as well do it.
            removal.delete();
            Removed.reserve(journal);
            return report;
        } catch (IOException e) {
            throw new JournalException("Cannot remove from the journal " + journal + ": " + Problems.text(e), e);
        }
    }

    /** Remembered for ever: if no connection was ever proven live, the gap reaches back to the very first entry. */
    private long beganAtNanos() throws IOException {
        long known = Removed.read(journal).beganAtNanos();
        if (known != 0) {
            return known;
        }
        Segment oldest = Segment.list(journal).stream()
                .filter(segment -> !segment.isSkipped())
                .findFirst()
                .orElseThrow();
        try (SegmentFiles files = new SegmentFiles(oldest, () -> null)) {
            return files.record(oldest.firstSequence()).receivedAtNanos();
        }
    }

    private RetentionReport plan(RetentionPolicy policy, boolean pastRequired) throws IOException {
        List<SegmentSpan> spans = SegmentSpan.list(journal, Mark.of(journal));
        long size = spans.stream().mapToLong(SegmentSpan::bytes).sum();
        long free = Files.getFileStore(journal).getUsableSpace();
        Instant oldest =
                policy.maxAge().map(age -> before(clock.instant(), age)).orElse(Instant.MIN);
        List<CursorState> states = spans.isEmpty()
                ? List.of()
                : cursors.list(
                        spans.get(0).segment().firstSequence(),
                        spans.get(spans.size() - 1).last() + 1);
        List<RetentionReport.RemovedSegment> going = new ArrayList<>();
        Optional<RetentionReport.HeldBack> heldBack = Optional.empty();
        // The last one holds the newest entry, which tells the next run where this one ended.
        for (SegmentSpan span : spans.subList(0, Math.max(0, spans.size() - 1))) {
            boolean due = span.isEmpty()
                    || size > policy.maxBytes().orElse(Long.MAX_VALUE)
                    || free < policy.keepFreeBytes().orElse(0)
                    || span.lastChange().isBefore(oldest);
            heldBack = due && !pastRequired ? heldBack(states, span.last()) : Optional.empty();
            if (!due || heldBack.isPresent()) {
                break;
            }
            going.add(removed(span));
            size -= span.bytes();
            free += span.bytes();
        }
        if (isEmpty(going)) {
            going.clear(); // empty segments alone are not worth a change
        }
        return new RetentionReport(subscription, going, losses(states, spans, going), heldBack);
    }

    private static boolean isEmpty(List<RetentionReport.RemovedSegment> going) {
        return going.stream().allMatch(segment -> segment.last() < segment.first());
    }

    private static Instant before(Instant now, Duration age) {
        try {
            return now.minus(age);
        } catch (DateTimeException | ArithmeticException tooLong) {
            return Instant.MIN;
        }
    }

    /** The slowest of the required cursors that still need an entry at or before this one. */
    private static Optional<RetentionReport.HeldBack> heldBack(List<CursorState> states, long last) {
        return states.stream()
                .filter(CursorState::required)
                .filter(state -> state.position().orElse(0) <= last)
                .min(Comparator.comparingLong(state -> state.position().orElse(0)))
                .map(state -> new RetentionReport.HeldBack(state.name(), state.position()));
    }

    private static RetentionReport.RemovedSegment removed(SegmentSpan span) throws IOException {
        return new RetentionReport.RemovedSegment(
                span.segment().number(),
                span.segment().firstSequence(),
                span.last(),
                span.firstReceivedAt(),
                span.lastReceivedAt(),
                span.bytes());
    }

    private static List<RetentionReport.Loss> losses(
            List<CursorState> states, List<SegmentSpan> spans, List<RetentionReport.RemovedSegment> going) {
        List<RetentionReport.Loss> losses = new ArrayList<>();
        if (going.isEmpty()) {
            return losses;
        }
        long first = spans.get(0).segment().firstSequence();
        long last = going.get(going.size() - 1).last();
        for (CursorState state : states) {
            OptionalLong position = state.position();
            if (position.isPresent() && position.getAsLong() <= last) {
                losses.add(new RetentionReport.Loss(state.name(), Math.max(first, position.getAsLong()), last));
            }
        }
        return losses;
    }
}
