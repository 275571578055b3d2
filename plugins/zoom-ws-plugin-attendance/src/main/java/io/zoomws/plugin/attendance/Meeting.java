package io.zoomws.plugin.attendance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row about one instance of a meeting.
 *
 * @param startedAt as the events about its start and end say; null while none was seen
 * @param endedAt null until its end was seen
 */
record Meeting(
        MeetingKey key,
        @Nullable String meetingId,
        @Nullable String topic,
        @Nullable String hostId,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {}
