package io.zoomws.journal;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a cursor is, at one moment.
 *
 * @param name of the cursor
 * @param position sequence of the next entry to be handled; empty if it is not known
 * @param lag how many entries are still to come; empty if that is not known or the position is beyond the end
 * @param required whether retention waits for it
 * @param holder who has it open, for example {@code process 4711 on host since 2026-11-23T20:00:00Z}; empty if nobody has
 * @param condition whether a consumer can go on from it
 */
public record CursorState(
        String name,
        OptionalLong position,
        OptionalLong lag,
        boolean required,
        Optional<String> holder,
        Condition condition) {

    /** Whether a consumer can go on from a cursor. */
    public enum Condition {
        /** It can. */
        OK("ok"),
        /** Somebody has it open and has not saved a position yet. */
        NEVER_SAVED("never saved"),
        /** A position was saved, and its file cannot be read. */
        CORRUPT("corrupt"),
        /** A position was saved, and its file is gone. */
        LOST("lost"),
        /** The position is before the oldest entry: what lies between is gone and was not handled. */
        TOO_OLD("too old"),
        /** The position is beyond the end of the journal, and so was saved for another one. */
        FUTURE("future");

        private final String label;

        Condition(String label) {
            this.label = label;
        }

        /**
         * What users call it.
         *
         * @return one or two words in lower case
         */
        public String label() {
            return label;
        }
    }

    static CursorState of(
            String name,
            OptionalLong position,
            boolean required,
            Optional<String> holder,
            Condition whenUnknown,
            long earliest,
            long end) {
        Condition condition = whenUnknown;
        OptionalLong lag = OptionalLong.empty();
        if (position.isPresent()) {
            long at = position.getAsLong();
            condition = at > end ? Condition.FUTURE : at < earliest ? Condition.TOO_OLD : Condition.OK;
            lag = at > end ? OptionalLong.empty() : OptionalLong.of(end - at);
        }
        return new CursorState(name, position, lag, required, holder, condition);
    }
}
