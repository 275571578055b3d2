package io.zoomws.server.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as users write them: {@code 250ms}, {@code 25s}, {@code 10m}, {@code 2h}, {@code 30d}, {@code PT25S}. */
public final class Durations {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Reads one duration.
     *
     * @param text what the user wrote
     * @return the duration, not negative
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    public static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        if (matcher.matches()) {
            return Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
        }
        try {
            Duration duration = Duration.parse(text.strip());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(explain(text), e);
        }
        throw new IllegalArgumentException(explain(text));
    }

    private static String explain(String text) {
        return "'" + text
                + "' is no duration: use a number with ms, s, m, h or d such as 25s, or ISO-8601 such as PT25S";
    }

    private static ChronoUnit unit(String sign) {
        return switch (sign) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }
}
