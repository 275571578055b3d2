package io.zoomws.server.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as users write them: {@code 512}, {@code 64KB}, {@code 16MB}, {@code 2GB}; each step is 1024. */
public final class Sizes {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(B|KB|MB|GB|TB)?");

    private Sizes() {}

    /**
     * Reads one size.
     *
     * @param text what the user wrote
     * @return bytes, not negative
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    public static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT).replace("IB", "B"));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no size: use a number with B, KB, MB, GB or TB such as 16MB");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        int shift =
                switch (unit) {
                    case "KB" -> 10;
                    case "MB" -> 20;
                    case "GB" -> 30;
                    case "TB" -> 40;
                    default -> 0;
                };
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("'" + text + "' is larger than any disk: use a number such as 16MB");
        }
        return number << shift;
    }
}
