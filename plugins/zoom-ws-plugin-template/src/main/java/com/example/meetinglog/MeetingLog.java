package com.example.meetinglog;

import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.PluginContext;
import io.zoomws.spi.ZoomEvent;
import io.zoomws.spi.events.Meeting;
import io.zoomws.spi.events.MeetingEnded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Appends a line to a CSV file for each meeting that ended: sequence, meeting id, uuid, start, end, topic.
 *
 * <p>Events come at least once, so after a crash the last lines may be there twice; they have the same sequence then.
 */
public final class MeetingLog implements EventHandler {

    private final Path file;
    private final Duration shortest;

    /** Called by the server, with what it asks for. */
    public MeetingLog(MeetingLogSettings settings, PluginContext context) {
        file = context.directory().resolve(settings.file());
        shortest = settings.shortest();
    }

    @Override
    public void handle(ZoomEvent event, Delivery delivery) throws IOException {
        Optional<MeetingEnded> ended = MeetingEnded.of(event);
        if (ended.isPresent() && isLongEnough(ended.get())) {
            Files.writeString(
                    file,
                    line(event.sequence(), ended.get()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** A meeting whose length Zoom does not tell is written down. */
    private boolean isLongEnough(MeetingEnded ended) {
        Optional<Instant> start = ended.meeting().startTime();
        Optional<Instant> end = ended.endTime();
        return start.isEmpty()
                || end.isEmpty()
                || Duration.between(start.get(), end.get()).compareTo(shortest) >= 0;
    }

    private static String line(long sequence, MeetingEnded ended) {
        Meeting meeting = ended.meeting();
        return String.join(
                        ",",
                        Long.toString(sequence),
                        quoted(meeting.id()),
                        quoted(meeting.uuid()),
                        meeting.startTime().map(Instant::toString).orElse(""),
                        ended.endTime().map(Instant::toString).orElse(""),
                        quoted(meeting.topic()))
                + "\n";
    }

    /** People choose topics, so anything may be in there. */
    private static String quoted(Optional<String> text) {
        return '"' + text.orElse("").replace("\"", "\"\"") + '"';
    }
}
