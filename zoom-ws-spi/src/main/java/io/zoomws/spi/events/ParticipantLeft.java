package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody left a meeting. Zoom does not promise that it comes, nor that it comes after the join that belongs to it.
 *
 * <p>Source: {@code meeting.participant_left} in Zoom's event reference for Meetings.
 *
 * @param meeting where
 * @param participant who
 * @param leaveTime when
 * @param leaveReason for people to read; it may hold the name of the participant
 */
public record ParticipantLeft(
        Meeting meeting, Participant participant, Optional<Instant> leaveTime, Optional<String> leaveReason)
        implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "meeting.participant_left";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<ParticipantLeft> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static ParticipantLeft read(ZoomEvent event) {
        Fields object = Fields.object(event);
        Fields participant = object.in("participant");
        return new ParticipantLeft(
                Meeting.read(object),
                Participant.read(participant),
                participant.time("leave_time"),
                participant.text("leave_reason"));
    }
}
