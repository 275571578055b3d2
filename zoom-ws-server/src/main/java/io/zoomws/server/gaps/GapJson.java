package io.zoomws.server.gaps;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.server.json.JsonValues;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The fields of gaps and of their sums, with stable keys. A caller begins and ends the object. */
public final class GapJson {

    private GapJson() {}

    /**
     * A gap that has ended: {@code from}, {@code to}, {@code seconds}, {@code cause}, {@code category}.
     *
     * @param out where to
     * @param from its beginning
     * @param to its end
     * @param cause why
     * @throws IOException if it cannot be written
     */
    public static void writeFields(JsonGenerator out, Instant from, Instant to, String cause) throws IOException {
        out.writeStringField("from", JsonValues.time(from));
        out.writeStringField("to", JsonValues.time(to));
        writeRest(out, lengthOf(from, to), cause);
    }

    /**
     * A gap that is still open: the same fields, {@code to} being null and {@code seconds} counting up to now.
     *
     * @param out where to
     * @param from its beginning
     * @param now the time of asking
     * @param cause as far as known
     * @throws IOException if it cannot be written
     */
    public static void writeOpenFields(JsonGenerator out, Instant from, Instant now, String cause) throws IOException {
        out.writeStringField("from", JsonValues.time(from));
        out.writeNullField("to");
        writeRest(out, lengthOf(from, now), cause);
    }

    /**
     * Sums: {@code count}, {@code seconds}, {@code categories} (an array of {@code category}, {@code count}, {@code seconds})
     * and {@code unreadable}.
     *
     * @param out where to
     * @param totals the sums
     * @throws IOException if it cannot be written
     */
    public static void writeFields(JsonGenerator out, GapTotals totals) throws IOException {
        writeSum(out, totals.all());
        out.writeArrayFieldStart("categories");
        for (var part : totals.byCategory().entrySet()) {
            out.writeStartObject();
            out.writeStringField("category", part.getKey().label());
            writeSum(out, part.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("unreadable", totals.unreadable());
    }

    /**
     * How long a gap is.
     *
     * @param from its beginning
     * @param to its end
     * @return never negative, though a clock that was set back can make the end come first
     */
    public static Duration lengthOf(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }

    private static void writeRest(JsonGenerator out, Duration length, String cause) throws IOException {
        out.writeNumberField("seconds", JsonValues.seconds(length));
        out.writeStringField("cause", cause);
        out.writeStringField("category", GapCategory.of(cause).label());
    }

    private static void writeSum(JsonGenerator out, GapTotals.Sum sum) throws IOException {
        out.writeNumberField("count", sum.count());
        out.writeNumberField("seconds", JsonValues.seconds(sum.covered()));
    }
}
