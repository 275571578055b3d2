package io.zoomws.journal;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Something that {@link JournalVerifier} found wrong.
 *
 * @param kind what sort of thing it is
 * @param file where: a file, or a directory if it is about a whole segment
 * @param fromSequence the first entry concerned, 0 if it is not about entries
 * @param toSequence the last entry concerned, 0 if it is not about entries
 * @param what is wrong, in words
 * @param remedy what to do
 */
public record JournalProblem(Kind kind, Path file, long fromSequence, long toSequence, String what, String remedy) {

    /** The sorts of problems. */
    public enum Kind {
        /** The directory does not say that it is a journal of a version known here. */
        FORMAT,
        /** The mark {@code durable}, which says how far readers may read. */
        MARK,
        /** A directory whose name does not fit among those of the segments. */
        SEGMENT_NAME,
        /** A segment is gone. */
        SEGMENT_MISSING,
        /** The cycle file of a segment is gone. */
        DATA_MISSING,
        /** Entries that were announced are damaged or gone, and no quarantine entry says so. */
        DATA,
        /** Epochs or receive times go backwards. */
        ORDER,
        /** The index of a segment is gone, damaged, or does not agree with the cycle file. */
        INDEX,
        /** A cursor is damaged, or points where nothing is. */
        CURSOR,
        /** The operating system does not let a file be read. */
        UNREADABLE;

        private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /**
         * The name of this kind as the command line prints it.
         *
         * @return the name in lower case, for example {@code segment-missing}
         */
        public String label() {
            return label;
        }
    }

    /** Whether this goes on where another one ends. */
    boolean continues(JournalProblem before) {
        return fromSequence > 0
                && before.toSequence + 1 == fromSequence
                && before.kind == kind
                && before.file.equals(file)
                && before.what.equals(what);
    }

    JournalProblem withSequences(long from, long to) {
        return new JournalProblem(kind, file, from, to, what, remedy);
    }
}
