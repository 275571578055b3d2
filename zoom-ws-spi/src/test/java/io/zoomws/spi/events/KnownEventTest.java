package io.zoomws.spi.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from which field; whole events as captured are read in zoom-ws-testkit, which has a JSON parser. */
class KnownEventTest {

    private static final List<String> TYPES = List.of(
            "meeting.created",
            "meeting.updated",
            "meeting.deleted",
            "meeting.started",
            "meeting.ended",
            "meeting.participant_joined",
            "meeting.participant_left",
            "recording.completed",
            "user.created",
            "user.updated");

    @Test
    void everyKnownTypeHasItsRecord() {
        assertThat(TYPES.stream()
                        .map(type -> KnownEvent.of(FieldsOfEvent.of(type)).orElseThrow()))
                .extracting(known -> (Object) known.getClass())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.<Object>asList((Object[]) KnownEvent.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"meeting.alert", "Meeting.started", "meeting.started ", ""})
    void otherTypesHaveNone(String type) {
        assertThat(KnownEvent.of(FieldsOfEvent.of(type))).isEmpty();
        assertThat(MeetingStarted.of(FieldsOfEvent.of(type))).isEmpty();
    }

    @Test
    void aRecordAskedForAnotherTypeIsEmpty() {
        assertThat(MeetingEnded.of(FieldsOfEvent.of("meeting.started"))).isEmpty();
        assertThat(MeetingEnded.of(FieldsOfEvent.of("meeting.ended"))).isPresent();
    }

    @Test
    void anEventWithoutAnyFieldGivesARecordOfNothing() {
        assertThat(KnownEvent.of(FieldsOfEvent.of("meeting.participant_left")))
                .contains(new ParticipantLeft(
                        new Meeting(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        new Participant(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void theIdsOfAGuestAreEmpty() {
        ParticipantJoined joined = ParticipantJoined.of(FieldsOfEvent.of(
                        "meeting.participant_joined",
                        "object/participant/user_id",
                        "16778240",
                        "object/participant/id",
                        "",
                        "object/participant/participant_user_id",
                        "",
                        "object/participant/registrant_id",
                        "",
                        "object/participant/user_name",
                        "Guest"))
                .orElseThrow();

        assertThat(joined.participant().userId()).contains("16778240");
        assertThat(joined.participant().id()).isEmpty();
        assertThat(joined.participant().participantUserId()).isEmpty();
        assertThat(joined.participant().registrantId()).isEmpty();
        assertThat(joined.participant().userName()).contains("Guest");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T10:30:15Z, 2026-01-01T10:30:15Z",
        "2026-01-01T10:30:15.123Z, 2026-01-01T10:30:15.123Z",
        "2026-01-01T11:30:15+01:00, 2026-01-01T10:30:15Z",
        "1767263415000, 2026-01-01T10:30:15Z",
    })
    void aTimeIsReadInEveryFormThatZoomSends(String sent, Instant read) {
        assertThat(endTime(sent)).contains(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "2026-01-01",
                "2026-02-30T00:00:00Z",
                "1e400",
                "99999999999999999999",
                "true"
            })
    void whatIsNoTimeIsEmpty(String sent) {
        assertThat(endTime(sent)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808"})
    void aTimeFarAwayDoesNotThrow(String sent) {
        assertThat(endTime(sent)).contains(Instant.ofEpochMilli(Long.parseLong(sent)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "an hour", "60.5", "9223372036854775807", "3000000000", "true"})
    void whatIsNoNumberIsEmpty(String sent) {
        Meeting meeting = MeetingStarted.of(
                        FieldsOfEvent.of("meeting.started", "object/duration", sent, "object/type", sent))
                .orElseThrow()
                .meeting();

        assertThat(meeting.duration()).isEmpty();
        assertThat(meeting.type()).isEmpty();
    }

    @Test
    void anIdBeyondTheRangeOfNumbersIsItsText() {
        String id = "123456789012345678901234567890";

        assertThat(MeetingStarted.of(FieldsOfEvent.of("meeting.started", "object/id", id))
                        .orElseThrow()
                        .meeting()
                        .id())
                .contains(id);
    }

    @Test
    void anUpdateTellsWhatWasBeforeAndAfter() {
        MeetingUpdated updated = MeetingUpdated.of(FieldsOfEvent.of(
                        "meeting.updated",
                        "operator",
                        "admin@example.com",
                        "scope",
                        "single",
                        "time_stamp",
                        "1767261604664",
                        "object/topic",
                        "new",
                        "old_object/topic",
                        "old"))
                .orElseThrow();

        assertThat(updated.meeting().topic()).contains("new");
        assertThat(updated.oldMeeting().topic()).contains("old");
        assertThat(updated.operator()).isEqualTo(new Operator(Optional.of("admin@example.com"), Optional.empty()));
        assertThat(updated.scope()).contains("single");
        assertThat(updated.timeStamp()).contains(Instant.parse("2026-01-01T10:00:04.664Z"));
    }

    @Test
    void theFilesOfARecordingEndWhereNothingIsKnown() {
        RecordingCompleted completed = RecordingCompleted.of(FieldsOfEvent.of(
                        "recording.completed",
                        "object/duration",
                        "25",
                        "object/recording_count",
                        "10",
                        "object/total_size",
                        "85979999000",
                        "object/recording_files/0/id",
                        "first",
                        "object/recording_files/1/file_type",
                        "TIMELINE",
                        "object/recording_files/3/id",
                        "behind a hole"))
                .orElseThrow();

        assertThat(completed.meeting().duration()).contains(Duration.ofMinutes(25));
        assertThat(completed.recordingCount()).hasValue(10);
        assertThat(completed.totalSize()).isEqualTo(OptionalLong.of(85_979_999_000L));
        assertThat(completed.recordingFiles()).hasSize(2);
        assertThat(completed.recordingFiles().get(0).id()).contains("first");
        assertThat(completed.recordingFiles().get(1).fileType()).contains("TIMELINE");
    }

    @Test
    void noMoreThanAHundredFilesAreRead() {
        String[] pairs = new String[2 * 150];
        for (int i = 0; i < 150; i++) {
            pairs[2 * i] = "object/recording_files/" + i + "/id";
            pairs[2 * i + 1] = "file " + i;
        }

        assertThat(RecordingCompleted.of(FieldsOfEvent.of("recording.completed", pairs))
                        .orElseThrow()
                        .recordingFiles())
                .hasSize(100);
    }

    private static Optional<Instant> endTime(String sent) {
        return MeetingEnded.of(FieldsOfEvent.of("meeting.ended", "object/end_time", sent))
                .orElseThrow()
                .endTime();
    }
}
