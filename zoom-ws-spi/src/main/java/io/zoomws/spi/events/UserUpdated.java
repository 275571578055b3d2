package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * The profile of a user was changed.
 *
 * <p>Source: {@code user.updated} in Zoom's event reference for Users.
 *
 * @param user after the change: the id and what was changed, and nothing else
 * @param oldUser before the change, from {@code old_object}: the same fields
 * @param operator who did it
 * @param timeStamp when it was changed
 */
public record UserUpdated(User user, User oldUser, Operator operator, Optional<Instant> timeStamp)
        implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "user.updated";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<UserUpdated> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static UserUpdated read(ZoomEvent event) {
        Fields payload = Fields.payload(event);
        return new UserUpdated(
                User.read(Fields.object(event)),
                User.read(new Fields(event, Fields.OLD_OBJECT)),
                Operator.read(payload),
                payload.time("time_stamp"));
    }
}
