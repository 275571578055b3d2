package io.zoomws.server.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a child process says of its instance. On the pipe it is one line of JSON behind {@link #MARK}, a character that no log
 * line holds.
 *
 * @param status of the instance
 * @param end how it ended; in the last report of a child that did not die
 * @param problem why it ended, where it was not told to
 */
record ChildReport(InstanceStatus status, Optional<End> end, Optional<String> problem) {

    /** Begins a report, wherever in a line: a plugin may have printed without ending its line. */
    static final char MARK = '\u001e';

    /** How an instance ended by itself. */
    enum End {
        /** In order. */
        STOPPED,
        /** It cannot run until somebody mends something. */
        REFUSED,
        /** It may be able to run later: its journal or cursor cannot be used now. */
        UNAVAILABLE,
        /** Never said: it said nothing of its end. */
        DIED
    }

    private static final JsonFactory JSON = new JsonFactory();

    static ChildReport of(InstanceStatus status) {
        return new ChildReport(status, Optional.empty(), Optional.empty());
    }

    /** Of a process that is there, before anything of the plugin runs. */
    static ChildReport starting() {
        return of(new InstanceStatus(InstanceState.STARTING, 0, 0, 0, 0, 0, 0));
    }

    /** Of an instance that did not even start. */
    static ChildReport notStarted(End end, String problem) {
        InstanceStatus status = new InstanceStatus(InstanceState.FAILED, 0, 0, 0, 0, 0, 0);
        return new ChildReport(status, Optional.of(end), Optional.of(problem));
    }

    /** The line, without its end. */
    String line() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("state", word(status.state()));
            out.writeNumberField("handled", status.handled());
            out.writeNumberField("gaps", status.gaps());
            out.writeNumberField("parked", status.parked());
            out.writeNumberField("retries", status.retries());
            out.writeNumberField("position", status.position());
            out.writeNumberField("parkedNow", status.parkedNow());
            if (end.isPresent()) {
                out.writeStringField("end", word(end.get()));
            }
            if (problem.isPresent()) {
                out.writeStringField("problem", problem.get());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return MARK + text.toString();
    }

    /**
     * Reads a report.
     *
     * @param json what stands behind the mark
     * @return empty if it is none: a plugin can write to the pipe, too, and harms only itself
     */
    static Optional<ChildReport> parse(String json) {
        try (JsonParser in = JSON.createParser(json)) {
            return Optional.of(read(in));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ChildReport read(JsonParser in) throws IOException {
        Optional<InstanceState> state = Optional.empty();
        Optional<End> end = Optional.empty();
        Optional<String> problem = Optional.empty();
        long[] numbers = new long[6];
        in.nextToken();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "state" -> state = Optional.of(InstanceState.valueOf(constant(in)));
                case "end" -> end = Optional.of(End.valueOf(constant(in)));
                case "problem" -> problem = Optional.of(in.getText());
                case "handled" -> numbers[0] = in.getLongValue();
                case "gaps" -> numbers[1] = in.getLongValue();
                case "parked" -> numbers[2] = in.getLongValue();
                case "retries" -> numbers[3] = in.getLongValue();
                case "position" -> numbers[4] = in.getLongValue();
                case "parkedNow" -> numbers[5] = in.getLongValue();
                default -> throw new IllegalArgumentException("unknown: " + name);
            }
        }
        InstanceState said = state.orElseThrow(() -> new IllegalArgumentException("no state"));
        return new ChildReport(
                new InstanceStatus(said, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]),
                end,
                problem);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String constant(JsonParser in) throws IOException {
        return in.getText().toUpperCase(Locale.ROOT);
    }
}
