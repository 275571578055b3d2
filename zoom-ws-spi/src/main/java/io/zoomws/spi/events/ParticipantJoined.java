package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody came into a meeting. Zoom does not promise that it comes before the leave that belongs to it.
 *
 * <p>Source: {@code meeting.participant_joined} in Zoom's event reference for Meetings.
 *
 * @param meeting where
 * @param participant who
 * @param joinTime when
 */
public record ParticipantJoined(Meeting meeting, Participant participant, Optional<Instant> joinTime)
        implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "meeting.participant_joined";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<ParticipantJoined> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static ParticipantJoined read(ZoomEvent event) {
        Fields object = Fields.object(event);
        Fields participant = object.in("participant");
        return new ParticipantJoined(
                Meeting.read(object), Participant.read(participant), participant.time("join_time"));
    }
}
