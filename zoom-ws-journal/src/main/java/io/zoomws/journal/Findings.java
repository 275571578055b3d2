package io.zoomws.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what is found while a journal is verified. Whether a lost entry is a problem is known only at the end: a
 * quarantine entry that names it comes behind it. One thread at a time.
 */
final class Findings {

    /** More lines are of no use to anybody. */
    private static final int MOST_REPORTED = 1000;

    /** A disk of random bytes must not fill the memory; beyond this, problems are counted only. */
    private static final int MOST_KEPT = 100_000;

    private final List<Found> found = new ArrayList<>();
    private final SequenceRanges quarantined = new SequenceRanges();
    private long notKept;

    private record Found(JournalProblem problem, long segment, boolean lost) {}

    /**
     * Adds a problem that is not about a segment.
     *
     * @param problem what is wrong
     */
    void add(JournalProblem problem) {
        add(new Found(problem, Long.MAX_VALUE, false));
    }

    /**
     * Adds a problem of a segment, which counts only if the segment is still there at the end.
     *
     * @param segment where
     * @param problem what is wrong
     */
    void add(Segment segment, JournalProblem problem) {
        add(new Found(problem, segment.number(), false));
    }

    /**
     * Adds entries that are lost, which counts only as far as no quarantine entry names them.
     *
     * @param segment that held them
     * @param problem what is wrong
     */
    void lost(Segment segment, JournalProblem problem) {
        add(new Found(problem, segment.number(), true));
    }

    private void add(Found next) {
        Found last = found.isEmpty() ? null : found.get(found.size() - 1);
        if (last != null && last.lost == next.lost && next.problem.continues(last.problem)) {
            JournalProblem merged = last.problem.withSequences(last.problem.fromSequence(), next.problem.toSequence());
            found.set(found.size() - 1, new Found(merged, last.segment, last.lost));
        } else if (found.size() < MOST_KEPT) {
            found.add(next);
        } else {
            notKept++;
        }
    }

    void quarantined(long from, long to) {
        quarantined.add(from, to);
    }

    List<SequenceRange> quarantined() {
        return quarantined.toList();
    }

    /**
     * What is wrong.
     *
     * @param count of all
     * @param first the first ones
     */
    record Problems(long count, List<JournalProblem> first) {}

    /**
     * Adds up.
     *
     * @param oldestSegment the lowest number that is there now: problems of earlier segments are none, since those were
     *     removed while they were looked at
     */
    Problems problems(long oldestSegment) {
        List<JournalProblem> all = new ArrayList<>();
        for (Found each : found) {
            if (each.segment < oldestSegment) {
                continue;
            }
            JournalProblem problem = each.problem;
            if (each.lost) {
                for (SequenceRange range : quarantined.missing(problem.fromSequence(), problem.toSequence())) {
                    all.add(problem.withSequences(range.from(), range.to()));
                }
            } else {
                all.add(problem);
            }
        }
        all.sort(Comparator.comparingLong(JournalProblem::fromSequence));
        return new Problems(all.size() + notKept, List.copyOf(all.subList(0, Math.min(MOST_REPORTED, all.size()))));
    }
}
