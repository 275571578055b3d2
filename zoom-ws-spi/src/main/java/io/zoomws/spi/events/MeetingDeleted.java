package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.util.Optional;

/**
 * A planned meeting was deleted.
 *
 * <p>Source: {@code meeting.deleted} in Zoom's event reference for Meetings.
 *
 * @param meeting what was planned
 * @param operator who did it
 * @param operation {@code single} or {@code all}: one occurrence of a recurring meeting, or all
 */
public record MeetingDeleted(Meeting meeting, Operator operator, Optional<String> operation) implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "meeting.deleted";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<MeetingDeleted> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static MeetingDeleted read(ZoomEvent event) {
        return new MeetingDeleted(
                Meeting.read(Fields.object(event)),
                Operator.read(Fields.payload(event)),
                Fields.payload(event).text("operation"));
    }
}
