package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * A meeting is over.
 *
 * <p>Source: {@code meeting.ended} in Zoom's event reference for Meetings.
 *
 * @param meeting what is over
 * @param endTime when it ended
 */
public record MeetingEnded(Meeting meeting, Optional<Instant> endTime) implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "meeting.ended";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<MeetingEnded> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static MeetingEnded read(ZoomEvent event) {
        return new MeetingEnded(
                Meeting.read(Fields.object(event)), Fields.object(event).time("end_time"));
    }
}
