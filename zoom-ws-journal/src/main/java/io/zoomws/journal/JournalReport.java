package io.zoomws.journal;

import java.time.Duration;
import java.util.List;

/**
 * What {@link JournalVerifier} has to say about a journal.
 *
 * @param complete whether all of it was looked at, rather than the work stopped early
 * @param fromSequence the first entry looked at, 0 if there is none
 * @param toSequence the newest entry when the work began, 0 if there is none
 * @param segments how many were looked at
 * @param segmentsRemoved how many of them retention removed meanwhile
 * @param entries how many are there as they were written
 * @param bytes of cycle files and indexes that were read
 * @param duration how long it took
 * @param problemCount how many problems there are
 * @param problems the first thousand of them, those of whole files first, then by sequence
 * @param quarantined ranges that quarantine entries name: their loss is part of the journal, and no problem
 * @param skipped ranges that no entry ever has, since the journal was restored from a backup; no problem either
 */
public record JournalReport(
        boolean complete,
        long fromSequence,
        long toSequence,
        int segments,
        int segmentsRemoved,
        long entries,
        long bytes,
        Duration duration,
        long problemCount,
        List<JournalProblem> problems,
        List<SequenceRange> quarantined,
        List<SequenceRange> skipped) {

    /**
     * Whether all is as it must be.
     *
     * @return true if everything was looked at and no problem was found
     */
    public boolean sound() {
        return complete && problemCount == 0;
    }
}
