package io.zoomws.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zoomws.server.delivery.Replay;
import io.zoomws.server.delivery.ReplayRecord;
import io.zoomws.server.json.JsonValues;
import io.zoomws.spi.ParkedEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Prints how a replay ended; the keys of the JSON are those of the command's help. */
final class ReplayOutput {

    private ReplayOutput() {}

    static void printText(Replay.Result result, PrintStream messages) {
        ReplayRecord record = result.record();
        String range = record.from() == result.next()
                ? "replayed nothing"
                : "replayed sequence " + record.from() + " to " + (result.next() - 1);
        messages.println(range + ": " + record.done().handled() + " events handled, "
                + record.done().gaps() + " gaps, " + record.done().parked() + " parked");
        if (!result.isComplete()) {
            messages.println("stopped before sequence " + result.next() + "; to go on up to " + (record.to() - 1) + ": "
                    + resume(record));
        }
    }

    /** Says what a replay that is done has parked, and what to do: nobody redrives it. */
    static void printParked(List<ParkedEntry> parked, PrintStream messages) {
        if (parked.isEmpty()) {
            return;
        }
        SortedSet<Long> sequences =
                new TreeSet<>(parked.stream().map(ParkedEntry::sequence).toList());
        long waiting = parked.stream().filter(entry -> entry.attempts() == 0).count();
        messages.println("parked: " + ParkedSelection.count(parked.size()) + " from sequence " + sequences.first()
                + " to "
                + sequences.last() + ", " + waiting + " of them undelivered behind one of their key; when the plugin is"
                + " mended, replay once more as before, but with " + again(sequences));
    }

    /** Which options deliver again what is parked: those that waited as well, which have to come behind the first. */
    static String again(SortedSet<Long> parked) {
        return "--from " + parked.first() + " --to " + (parked.last() + 1) + " --restart";
    }

    /** The command that goes on with a replay. */
    static String resume(ReplayRecord record) {
        String standard = ReplayCommand.standardName(record.instance());
        return "zoom-ws replay --resume --plugin " + record.instance()
                + (record.name().equals(standard) ? "" : " --as " + record.name());
    }

    static void printJson(Replay.Result result, String subscription, Duration took, OutputStream out)
            throws IOException {
        ReplayRecord record = result.record();
        try (JsonGenerator json = JsonLines.generator(out)) {
            json.writeStartObject();
            json.writeStringField("name", record.name());
            json.writeStringField("instance", record.instance());
            json.writeStringField("plugin", record.plugin());
            json.writeStringField("subscription", subscription);
            json.writeBooleanField("complete", result.isComplete());
            json.writeNumberField("fromSequence", record.from());
            json.writeNumberField("toSequence", record.to());
            json.writeNumberField("nextSequence", result.next());
            json.writeNumberField("handled", record.done().handled());
            json.writeNumberField("gaps", record.done().gaps());
            json.writeNumberField("parked", record.done().parked());
            json.writeNumberField("seconds", JsonValues.seconds(took));
            json.writeEndObject();
            JsonLines.endLine(json);
        }
        out.flush();
    }
}
