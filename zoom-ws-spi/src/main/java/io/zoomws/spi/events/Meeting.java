package io.zoomws.spi.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The meeting that an event is about.
 *
 * <p><b>{@code id} or {@code uuid}?</b> The id is the number that people dial in with: a recurring meeting, or a personal
 * room, has the same one each time. The uuid is of one time that it was held: joins, leaves and the end of one meeting have it in
 * common, so it is what to group by. An event about the planned meeting (created, updated, deleted) has another uuid, or none.
 *
 * @param uuid of this one time; may hold {@code /} and {@code +}, so encode it twice before putting it into the path of a URL
 * @param id the meeting number; text in some of Zoom's events and a number in others, always text here
 * @param hostId user id of the host
 * @param hostEmail address of the host; Zoom sends it with few events
 * @param topic as the host wrote it
 * @param type 1 instant, 2 scheduled, 3 recurring without a fixed time, 4 personal room, 8 recurring with a fixed time; others
 *     appear
 * @param startTime when it began, or is to begin
 * @param duration as planned; for {@link RecordingCompleted} as it was
 * @param timezone such as {@code America/Santiago}; not checked
 */
public record Meeting(
        Optional<String> uuid,
        Optional<String> id,
        Optional<String> hostId,
        Optional<String> hostEmail,
        Optional<String> topic,
        OptionalInt type,
        Optional<Instant> startTime,
        Optional<Duration> duration,
        Optional<String> timezone) {

    static Meeting read(Fields object) {
        return new Meeting(
                object.text("uuid"),
                object.text("id"),
                object.text("host_id"),
                object.text("host_email"),
                object.text("topic"),
                object.smallNumber("type"),
                object.time("start_time"),
                object.minutes("duration"),
                object.text("timezone"));
    }
}
