package io.zoomws.spi.events;

import java.util.Optional;

/**
 * Somebody in a meeting. Zoom sends up to five ids of one person, and none of them is always there.
 *
 * <p><b>Which id?</b> To match a leave with its join, {@code userId} within the meeting's uuid: it is a number given for this
 * stay. To tell that two stays are of one person, {@code id} or {@code participantUserId}, both of which are empty for guests;
 * there remains {@code registrantId} for meetings with registration, {@code customerKey} for clients built with Zoom's SDK, and
 * {@code email}, which guests may have left empty.
 *
 * @param userId {@code user_id}: of this stay in this meeting, such as {@code 16778240}; one who comes again, or is moved to a
 *     breakout room, may have another
 * @param id of the Zoom user; empty for guests
 * @param participantUserId {@code participant_user_id}: of the Zoom user, if that user belongs to the account of the host
 * @param participantUuid {@code participant_uuid}: of this participant in this meeting; missing in older events
 * @param registrantId {@code registrant_id}: of who registered for the meeting
 * @param customerKey {@code customer_key}: what a client built with Zoom's SDK gave
 * @param userName as shown in the meeting: chosen by the participant, and proof of nothing
 * @param email of the Zoom user or of who registered
 */
public record Participant(
        Optional<String> userId,
        Optional<String> id,
        Optional<String> participantUserId,
        Optional<String> participantUuid,
        Optional<String> registrantId,
        Optional<String> customerKey,
        Optional<String> userName,
        Optional<String> email) {

    static Participant read(Fields participant) {
        return new Participant(
                participant.text("user_id"),
                participant.text("id"),
                participant.text("participant_user_id"),
                participant.text("participant_uuid"),
                participant.text("registrant_id"),
                participant.text("customer_key"),
                participant.text("user_name"),
                participant.text("email"));
    }
}
