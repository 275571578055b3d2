package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * The plan of a meeting was changed.
 *
 * <p>Source: {@code meeting.updated} in Zoom's event reference for Meetings. Changes of other fields, the settings for
 * example, are in {@code /payload/object/settings} and {@code /payload/old_object/settings}.
 *
 * @param meeting after the change: its id and what was changed, and nothing else
 * @param oldMeeting before the change, from {@code old_object}: the same fields
 * @param operator who did it
 * @param scope {@code single} or {@code all}: one occurrence of a recurring meeting, or all
 * @param timeStamp when it was changed
 */
public record MeetingUpdated(
        Meeting meeting, Meeting oldMeeting, Operator operator, Optional<String> scope, Optional<Instant> timeStamp)
        implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "meeting.updated";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<MeetingUpdated> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static MeetingUpdated read(ZoomEvent event) {
        Fields payload = Fields.payload(event);
        return new MeetingUpdated(
                Meeting.read(Fields.object(event)),
                Meeting.read(new Fields(event, Fields.OLD_OBJECT)),
                Operator.read(payload),
                payload.text("scope"),
                payload.time("time_stamp"));
    }
}
