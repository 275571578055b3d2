package io.zoomws.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A captured event that is told again at another time, of other people. The text is edited, never parsed and written anew:
 * key order and number formats differ between Zoom's producers, and that is what a client must cope with.
 *
 * @param json compact
 */
record Sample(String json) {

    private static final Pattern EVENT_TIME = Pattern.compile("\"(?:event_ts|timestamp)\":\"?(\\d{13})");
    private static final Pattern ISO_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    /** The same, with every time moved so that the event happens at {@code now}. */
    Sample at(Instant now) {
        Matcher time = EVENT_TIME.matcher(json);
        if (!time.find()) {
            return this;
        }
        Instant told = Instant.ofEpochMilli(Long.parseLong(time.group(1)));
        Duration shift = Duration.between(told, now);
        String moved = EVENT_TIME.matcher(json).replaceAll(found -> {
            String whole = found.group();
            return whole.substring(0, whole.length() - 13) + now.toEpochMilli();
        });
        return new Sample(ISO_TIME.matcher(moved).replaceAll(found -> Instant.parse(found.group())
                .plus(shift)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()));
    }

    /** The same with every occurrence of a text replaced. */
    Sample replacing(String text, String by) {
        return new Sample(json.replace(text, by));
    }

    /** The same with other text in a field, wherever a field of this name holds text. */
    Sample with(String field, String text) {
        Pattern value = Pattern.compile("(\"" + Pattern.quote(field) + "\":\")(?:[^\"\\\\]|\\\\.)*\"");
        return new Sample(value.matcher(json).replaceAll("$1" + Matcher.quoteReplacement(text) + "\""));
    }
}
