package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.util.Optional;

/**
 * One of the events that this package knows, for handlers that are about several:
 *
 * <pre>{@code
 * KnownEvent known = KnownEvent.of(event).orElse(null);
 * if (known instanceof ParticipantJoined joined) {
 *     enter(joined.meeting().uuid(), joined.participant());
 * } else if (known instanceof ParticipantLeft left) {
 *     leave(left.meeting().uuid(), left.participant());
 * }
 * }</pre>
 *
 * <p>A handler that is about one asks that record: {@code ParticipantJoined.of(event).ifPresent(…)}.
 *
 * <p>Records may be added to this interface, and components to the records (the constructor as it was stays), so a {@code switch}
 * over it needs a default, and records are best read by their accessors.
 */
public sealed interface KnownEvent
        permits MeetingCreated,
                MeetingDeleted,
                MeetingEnded,
                MeetingStarted,
                MeetingUpdated,
                ParticipantJoined,
                ParticipantLeft,
                RecordingCompleted,
                UserCreated,
                UserUpdated {

    /**
     * Reads an event by its type.
     *
     * @param event any event
     * @return the record for its type, whatever else it holds; empty if there is none for this type
     */
    static Optional<KnownEvent> of(ZoomEvent event) {
        return Optional.ofNullable(
                switch (event.type()) {
                    case MeetingCreated.TYPE -> MeetingCreated.read(event);
                    case MeetingUpdated.TYPE -> MeetingUpdated.read(event);
                    case MeetingDeleted.TYPE -> MeetingDeleted.read(event);
                    case MeetingStarted.TYPE -> MeetingStarted.read(event);
                    case MeetingEnded.TYPE -> MeetingEnded.read(event);
                    case ParticipantJoined.TYPE -> ParticipantJoined.read(event);
                    case ParticipantLeft.TYPE -> ParticipantLeft.read(event);
                    case RecordingCompleted.TYPE -> RecordingCompleted.read(event);
                    case UserCreated.TYPE -> UserCreated.read(event);
                    case UserUpdated.TYPE -> UserUpdated.read(event);
                    default -> null;
                });
    }
}
