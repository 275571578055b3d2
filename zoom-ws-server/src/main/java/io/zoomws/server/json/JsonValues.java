package io.zoomws.server.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How values look in JSON that this server writes. */
public final class JsonValues {

    private static final int NANO_DIGITS = 9;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private JsonValues() {}

    /**
     * A time.
     *
     * @param instant when
     * @return ISO-8601 in UTC with nine digits, so that it also sorts as text
     */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /**
     * A duration.
     *
     * @param duration how long
     * @return its exact number of seconds, with as many digits behind the point as it takes
     */
    public static BigDecimal seconds(Duration duration) {
        BigDecimal exact = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS))
                .stripTrailingZeros();
        // 1E+2 would be a number as well, but not one that people like to read.
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
