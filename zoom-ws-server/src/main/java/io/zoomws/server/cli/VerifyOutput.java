package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.journal.JournalProblem;
import io.zoomws.journal.JournalReport;
import io.zoomws.journal.SequenceRange;
import io.zoomws.server.json.JsonValues;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Prints what {@code journal verify} found; the keys of the JSON are those of the command's help. */
final class VerifyOutput {

    private static final double MEGABYTE = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private VerifyOutput() {}

    static void printText(JournalReport report, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JournalProblem problem : report.problems()) {
            line(
                    text,
                    problem.kind().label() + " " + problem.file()
                            + sequences(problem.fromSequence(), problem.toSequence()) + ": " + problem.what() + "; "
                            + problem.remedy());
        }
        long untold = report.problemCount() - report.problems().size();
        if (untold > 0) {
            line(text, "and " + untold + " problems more");
        }
        for (SequenceRange range : report.quarantined()) {
            line(text, "quarantined" + sequences(range.from(), range.to()) + ": lost, and the journal says so");
        }
        for (SequenceRange range : report.skipped()) {
            line(
                    text,
                    "skipped" + sequences(range.from(), range.to())
                            + ": no entry ever has them, since the journal was restored from a backup");
        }
        line(text, summary(report));
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void line(StringBuilder text, String line) {
        text.append(Text.printable(line)).append('\n');
    }

    private static String sequences(long from, long to) {
        return from == 0 ? "" : from == to ? " sequence " + from : " sequence " + from + " to " + to;
    }

    private static String summary(JournalReport report) {
        long problems = report.problemCount();
        String verdict = problems == 0 ? "sound" : problems == 1 ? "1 problem" : problems + " problems";
        String removed = report.segmentsRemoved() == 0
                ? ""
                : " (" + report.segmentsRemoved() + " of them removed by retention meanwhile)";
        return String.format(
                Locale.ROOT,
                "%s: %d segments%s,%s %d entries as they were written, %.1f MB in %.1f s (%.1f MB/s)",
                verdict,
                report.segments(),
                removed,
                report.toSequence() == 0 ? "" : sequences(report.fromSequence(), report.toSequence()) + ",",
                report.entries(),
                report.bytes() / MEGABYTE,
                report.duration().toNanos() / NANOS_PER_SECOND,
                bytesPerSecond(report) / MEGABYTE);
    }

    static void printJson(JournalReport report, String subscription, OutputStream out) throws IOException {
        try (JsonGenerator json = JsonLines.generator(out)) {
            json.writeStartObject();
            json.writeStringField("subscription", subscription);
            json.writeBooleanField("sound", report.sound());
            writeSequence(json, "fromSequence", report.fromSequence());
            writeSequence(json, "toSequence", report.toSequence());
            json.writeNumberField("segments", report.segments());
            json.writeNumberField("segmentsRemoved", report.segmentsRemoved());
            json.writeNumberField("entries", report.entries());
            json.writeNumberField("bytes", report.bytes());
            json.writeNumberField("seconds", JsonValues.seconds(report.duration()));
            json.writeNumberField("bytesPerSecond", bytesPerSecond(report));
            json.writeNumberField("problemCount", report.problemCount());
            json.writeArrayFieldStart("problems");
            for (JournalProblem problem : report.problems()) {
                json.writeStartObject();
                json.writeStringField("problem", problem.kind().label());
                json.writeStringField("file", problem.file().toString());
                writeSequence(json, "fromSequence", problem.fromSequence());
                writeSequence(json, "toSequence", problem.toSequence());
                json.writeStringField("what", problem.what());
                json.writeStringField("remedy", problem.remedy());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeRanges(json, "quarantined", report.quarantined());
            writeRanges(json, "skipped", report.skipped());
            json.writeEndObject();
            JsonLines.endLine(json);
        }
        out.flush();
    }

    private static void writeRanges(JsonGenerator json, String key, List<SequenceRange> ranges) throws IOException {
        json.writeArrayFieldStart(key);
        for (SequenceRange range : ranges) {
            json.writeStartObject();
            json.writeNumberField("fromSequence", range.from());
            json.writeNumberField("toSequence", range.to());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeSequence(JsonGenerator json, String key, long sequence) throws IOException {
        if (sequence == 0) {
            json.writeNullField(key);
        } else {
            json.writeNumberField(key, sequence);
        }
    }

    private static long bytesPerSecond(JournalReport report) {
        return Math.round(report.bytes()
                * NANOS_PER_SECOND
                / Math.max(1, report.duration().toNanos()));
    }
}
