package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.util.Optional;

/**
 * A user was added to the account.
 *
 * <p>Source: {@code user.created} in Zoom's event reference for Users.
 *
 * @param user who was added
 * @param operator who did it
 * @param creationType {@code create}, {@code autoCreate}, {@code custCreate} or {@code ssoCreate}; others may appear
 */
public record UserCreated(User user, Operator operator, Optional<String> creationType) implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "user.created";

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<UserCreated> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static UserCreated read(ZoomEvent event) {
        return new UserCreated(
                User.read(Fields.object(event)),
                Operator.read(Fields.payload(event)),
                Fields.payload(event).text("creation_type"));
    }
}
