package io.zoomws.server.delivery;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a replay goes.
 *
 * @param factor how many times as fast as the entries came; infinite: as fast as the handler takes them
 */
public record Speed(double factor) {

    /** As fast as the handler takes them. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final Pattern FACTOR = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)x");

    /**
     * Refuses what is not above 0.
     *
     * @param factor as above
     */
    public Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a speed is above 0, not " + factor);
        }
    }

    /**
     * Reads what a user wrote.
     *
     * @param text {@code max}, {@code 1x}, {@code 10x} or another factor above 0, with six digits behind the point at most
     * @return the speed
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        Matcher matcher = FACTOR.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no speed: use max, 1x for the original timing, or another factor above 0 such as 10x or 0.5x");
        }
        return new Speed(Double.parseDouble(matcher.group(1)));
    }

    /**
     * Whether nothing is waited for.
     *
     * @return true for {@link #MAX}
     */
    public boolean isMax() {
        return Double.isInfinite(factor);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return isMax() ? "max" : BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString() + "x";
    }
}
