package io.zoomws.server.doctor;

import java.util.Optional;

/**
 * What a step ended in.
 *
 * @param status the word
 * @param text what was found, one line without any secret
 * @param remedy what to do, for a warning or a failure
 */
public record Verdict(Status status, String text, Optional<String> remedy) {

    /** The words, which are also those of the JSON output. */
    public enum Status {
        /** As it should be. */
        OK("ok"),
        /** It works, and somebody should look at it. */
        WARNING("warning"),
        /** Events cannot be received like this. */
        FAILURE("failure"),
        /** Not tried, and why. */
        SKIPPED("skipped");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        /**
         * The word.
         *
         * @return in small letters
         */
        public String label() {
            return label;
        }
    }

    static Verdict ok(String text) {
        return new Verdict(Status.OK, text, Optional.empty());
    }

    static Verdict warning(String text, String remedy) {
        return new Verdict(Status.WARNING, text, Optional.of(remedy));
    }

    static Verdict failure(String text, String remedy) {
        return new Verdict(Status.FAILURE, text, Optional.of(remedy));
    }

    static Verdict skipped(String why) {
        return new Verdict(Status.SKIPPED, why, Optional.empty());
    }

    /** Whether what needs this step can be tried. */
    boolean lets() {
        return status == Status.OK || status == Status.WARNING;
    }
}
