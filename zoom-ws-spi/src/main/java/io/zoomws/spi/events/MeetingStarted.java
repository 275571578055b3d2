package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.util.Optional;

/**
 * A meeting began.
 *
 * <p>Source: {@code meeting.started} in Zoom's event reference for Meetings.
 *
 * @param meeting what began, and when
 */
public record MeetingStarted(Meeting meeting) implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "meeting.started";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<MeetingStarted> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static MeetingStarted read(ZoomEvent event) {
        return new MeetingStarted(Meeting.read(Fields.object(event)));
    }
}
