package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.util.Optional;

/**
 * A meeting was planned.
 *
 * <p>Source: {@code meeting.created} in Zoom's event reference for Meetings.
 *
 * @param meeting what was planned
 * @param operator who did it
 * @param operation {@code single} or {@code all}: one occurrence of a recurring meeting, or all
 */
public record MeetingCreated(Meeting meeting, Operator operator, Optional<String> operation) implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "meeting.created";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<MeetingCreated> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static MeetingCreated read(ZoomEvent event) {
        return new MeetingCreated(
                Meeting.read(Fields.object(event)),
                Operator.read(Fields.payload(event)),
                Fields.payload(event).text("operation"));
    }
}
