package io.zoomws.plugin.attendance;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one event says about attendance. Everything but {@code at} of an event that carries no time follows from the event's
 * content alone.
 *
 * @param eventId {@link io.zoomws.spi.ZoomEvent#id()}: equal for equal content
 * @param at in milliseconds, as SQL can hold it
 * @param startedAt when the meeting started, if this event is one that knows
 * @param userId Zoom's number of one connection to the meeting, new with each joining
 * @param device Zoom's {@code participant_uuid}: stays the same when somebody goes to another room, where {@code userId} does not
 * @param person who that is, as far as this event knows; null for events that are about no person
 */
record Fact(
        String eventId,
        MeetingKey meeting,
        Kind kind,
        Instant at,
        @Nullable Instant startedAt,
        @Nullable String meetingId,
        @Nullable String topic,
        @Nullable String hostId,
        @Nullable String userId,
        @Nullable String device,
        @Nullable Person person,
        @Nullable String name,
        @Nullable String email) {

    /** By time; the rest only makes the order total, so that it is the same whatever the order of arrival. */
    static final Comparator<Fact> BY_TIME =
            Comparator.comparing(Fact::at).thenComparing(Fact::kind).thenComparing(Fact::eventId);

    /** What happened; in the order in which things of the same millisecond are looked at. */
    enum Kind {
        STARTED,
        JOINED,
        LEFT,
        ENDED;

        private final String label = name().toLowerCase(Locale.ROOT);

        String label() {
            return label;
        }

        static Kind labelled(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }

        /**
         * Of the type of an event. Rooms are part of the meeting: Zoom also tells of a joining and a leaving when somebody
         * goes to one, so the events about rooms say nothing more; who is in the waiting room is not in the meeting.
         */
        static Optional<Kind> of(String type) {
            return switch (type) {
                case "meeting.started", "webinar.started" -> Optional.of(STARTED);
                case "meeting.ended", "webinar.ended" -> Optional.of(ENDED);
                case "meeting.participant_joined", "webinar.participant_joined" -> Optional.of(JOINED);
                case "meeting.participant_left", "webinar.participant_left" -> Optional.of(LEFT);
                default -> Optional.empty();
            };
        }
    }

    /** Of two facts of one event the earlier: only where an event has no time of its own do they differ. */
    Fact earlier(Fact other) {
        return other.at.isBefore(at) ? other : this;
    }
}
