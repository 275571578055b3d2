package io.zoomws.server.config;

import java.time.Duration;

/**
 * What may be written for a key: the reference prints it, and what has limits is checked against these and no others.
 *
 * @param text for people
 * @param least smallest value, as a user would write it; empty if there are no limits
 * @param most largest value, likewise
 * @param isList whether several values may be written, as a YAML list or in one line with commas
 * @param isSecret whether the value is never shown
 */
record Allowed(String text, String least, String most, boolean isList, boolean isSecret) {

    static final Allowed FLAG = one("`true` or `false`");
    static final Allowed FILE = one("path of a file");

    /** Never shown. */
    static final Allowed SECRET = new Allowed("secret text", "", "", false, true);

    /** One value, described in words. */
    static Allowed one(String text) {
        return new Allowed(text, "", "", false, false);
    }

    /** Several values, each described in words. */
    static Allowed list(String text) {
        return new Allowed("list of " + text, "", "", true, false);
    }

    static Allowed durations(String least, String most) {
        return new Allowed("duration, " + least + " to " + most, least, most, false, false);
    }

    static Allowed sizes(String least, String most) {
        return new Allowed("size, " + least + " to " + most, least, most, false, false);
    }

    /**
     * Reads a duration within the limits.
     *
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    Duration duration(String written) {
        Duration duration = Durations.parse(written);
        if (duration.compareTo(Durations.parse(least)) < 0 || duration.compareTo(Durations.parse(most)) > 0) {
            throw outOfRange(written);
        }
        return duration;
    }

    /**
     * Reads a size within the limits.
     *
     * @return bytes
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    long bytes(String written) {
        long bytes = Sizes.parse(written);
        if (bytes < Sizes.parse(least) || bytes > Sizes.parse(most)) {
            throw outOfRange(written);
        }
        return bytes;
    }

    private IllegalArgumentException outOfRange(String written) {
        return new IllegalArgumentException(
                "'" + written + "' is out of range: from " + least + " to " + most + " is allowed");
    }
}
