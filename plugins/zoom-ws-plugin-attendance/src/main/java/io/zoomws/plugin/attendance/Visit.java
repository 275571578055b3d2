package io.zoomws.plugin.attendance;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row about one person in one meeting, from when they came until they were gone: with however many devices, in however many
 * rooms.
 *
 * @param person {@link Person#text()}
 * @param number 1 for the first of this person in this meeting
 * @param joinedAt null if only the leaving was seen
 * @param leftAt null while they are there, as far as is known
 * @param leftInferred whether no event said when they left, so that {@code leftAt} is when something else shows that they had
 */
record Visit(
        MeetingKey meeting,
        String person,
        int number,
        @Nullable String meetingId,
        @Nullable String topic,
        @Nullable String name,
        @Nullable String email,
        @Nullable Instant joinedAt,
        @Nullable Instant leftAt,
        boolean leftInferred) {

    /** Whole seconds; null unless both ends are known. */
    @Nullable
    Long durationSeconds() {
        return joinedAt == null || leftAt == null
                ? null
                : Duration.between(joinedAt, leftAt).toSeconds();
    }
}
