package io.zoomws.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.simulator.SampleEvents;
import io.zoomws.spi.events.KnownEvent;
import io.zoomws.spi.events.Meeting;
import io.zoomws.spi.events.MeetingCreated;
import io.zoomws.spi.events.MeetingDeleted;
import io.zoomws.spi.events.MeetingEnded;
import io.zoomws.spi.events.MeetingStarted;
import io.zoomws.spi.events.MeetingUpdated;
import io.zoomws.spi.events.Operator;
import io.zoomws.spi.events.Participant;
import io.zoomws.spi.events.ParticipantJoined;
import io.zoomws.spi.events.ParticipantLeft;
import io.zoomws.spi.events.RecordingCompleted;
import io.zoomws.spi.events.RecordingFile;
import io.zoomws.spi.events.User;
import io.zoomws.spi.events.UserCreated;
import io.zoomws.spi.events.UserUpdated;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captured events become the records of {@code io.zoomws.spi.events}; that module has no JSON parser to test it with. */
class SamplesAsRecordsTest {

    private static final Operator ADMIN =
            new Operator(Optional.of("admin@example.com"), Optional.of("g2nrPgrb6e9xEv8cxY17b6"));

    /** As the started, ended and joined events have it, but for the address, which the last leaves out. */
    private static Meeting weekly(Optional<String> hostEmail) {
        return new Meeting(
                Optional.of("gj+3BbDSuoQ2SQSs/3WKTK=="),
                Optional.of("84210075513"),
                Optional.of("TbQrjjdxUOVw8egSG32ScB"),
                hostEmail,
                Optional.of("Weekly sync — équipe & 東京 🚀"),
                OptionalInt.of(2),
                Optional.of(Instant.parse("2026-01-01T10:00:00Z")),
                Optional.of(Duration.ofMinutes(30)),
                Optional.of("America/Santiago"));
    }

    private static final Participant HOST = new Participant(
            Optional.of("16778240"),
            Optional.of("TbQrjjdxUOVw8egSG32ScB"),
            Optional.of("TbQrjjdxUOVw8egSG32ScB"),
            Optional.of("2B013400-B899-4D8D-8DC7-727E4D675546"),
            Optional.empty(),
            Optional.of("0953c7d6f1d25789e7d0f2b994dd9be0"),
            Optional.of("Host Person"),
            Optional.of("host@example.com"));

    @Test
    void aMeetingThatStartedAndEnded() {
        assertThat(read("meeting.started")).isEqualTo(new MeetingStarted(weekly(Optional.of("host@example.com"))));
        assertThat(read("meeting.ended"))
                .isEqualTo(new MeetingEnded(
                        weekly(Optional.of("host@example.com")), Optional.of(Instant.parse("2026-01-01T10:30:15Z"))));
    }

    @Test
    void aParticipantWhoJoinedAndLeft() {
        Optional<Instant> time = Optional.of(Instant.parse("2026-01-01T10:00:01Z"));
        assertThat(read("meeting.participant_joined"))
                .isEqualTo(new ParticipantJoined(weekly(Optional.empty()), HOST, time));
        assertThat(read("meeting.participant_left"))
                .isEqualTo(new ParticipantLeft(weekly(Optional.empty()), HOST, time, Optional.of("left the meeting")));
    }

    @Test
    void aMeetingThatWasCreatedUpdatedAndDeleted() {
        Meeting planned = new Meeting(
                Optional.of("Y06zRJ9lcgKth1Ct0KtffS=="),
                Optional.of("91234567890"),
                Optional.of("TbQrjjdxUOVw8egSG32ScB"),
                Optional.empty(),
                Optional.of("Q1 planning «draft» \u202eRTL\u202c"),
                OptionalInt.of(8),
                Optional.of(Instant.parse("2026-01-02T10:00:00Z")),
                Optional.of(Duration.ofMinutes(60)),
                Optional.of("America/Los_Angeles"));
        assertThat(read("meeting.created")).isEqualTo(new MeetingCreated(planned, ADMIN, Optional.of("single")));

        MeetingUpdated updated = (MeetingUpdated) read("meeting.updated");
        assertThat(updated.meeting().id()).contains("91234567890");
        assertThat(updated.meeting().uuid()).isEmpty();
        assertThat(updated.meeting().topic()).contains("Q1 planning (moved)");
        assertThat(updated.oldMeeting().topic()).contains("Q1 planning «draft»");
        assertThat(updated.operator()).isEqualTo(ADMIN);
        assertThat(updated.scope()).contains("single");
        assertThat(updated.timeStamp()).contains(Instant.parse("2026-01-01T10:00:04.664Z"));

        MeetingDeleted deleted = (MeetingDeleted) read("meeting.deleted");
        assertThat(deleted.meeting().timezone()).contains("America/New_York");
        assertThat(deleted.operation()).contains("single");
    }

    @Test
    void aRecordingWithItsFilesAndWithoutItsCredentials() {
        RecordingCompleted completed = (RecordingCompleted) read("recording.completed");

        assertThat(completed.meeting().id()).contains("84210075513");
        assertThat(completed.meeting().duration()).contains(Duration.ofMinutes(25));
        assertThat(completed.recordingCount()).hasValue(10);
        assertThat(completed.totalSize()).hasValue(85_979_999);
        assertThat(completed.recordingFiles()).hasSize(10);
        assertThat(completed.recordingFiles().get(2))
                .isEqualTo(new RecordingFile(
                        Optional.of("54f4d09b-bf41-4f5b-8e8f-30d94d0713a3"),
                        Optional.of("TIMELINE"),
                        Optional.of("JSON"),
                        OptionalLong.of(93),
                        Optional.of("timeline"),
                        Optional.of("completed"),
                        Optional.of(Instant.parse("2026-01-01T10:00:05Z")),
                        Optional.of(Instant.parse("2026-01-01T10:10:00Z"))));
    }

    @Test
    void aUserWhoWasCreatedAndUpdated() {
        User jill = new User(
                Optional.of("vHKysQiTtBXpDYDMa7702h"),
                Optional.of("jill@example.com"),
                Optional.of("Jill"),
                Optional.of("Chill"),
                Optional.of("Jill Chill"),
                OptionalInt.of(3));
        assertThat(read("user.created")).isEqualTo(new UserCreated(jill, ADMIN, Optional.of("create")));

        UserUpdated updated = (UserUpdated) read("user.updated");
        assertThat(updated.user().email()).contains("jill@example.com");
        assertThat(updated.oldUser().email()).contains("jill.old@example.com");
        assertThat(updated.user().firstName()).isEmpty();
        assertThat(updated.timeStamp()).contains(Instant.parse("2026-01-01T10:00:00.500Z"));
    }

    static Iterable<String> types() {
        return SampleEvents.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void noSampleIsTooOddAndNoneShowsACredential(String type) {
        String text = KnownEvent.of(TestEvent.sample(type)).toString();

        assertThat(text).doesNotContain("http", "eyJ", "PaSs01", "000000", "synthetic");
    }

    @ParameterizedTest
    @MethodSource("types")
    void anEventWhoseObjectIsAnotherThingIsReadAsWell(String type) {
        for (String other :
                new String[] {"null", "7", "\"text\"", "[]", "[[1,2],{\"id\":1}]", "{\"participant\":[1]}"}) {
            TestEvent event = TestEvent.sample(type).withJson("/payload/object", other);
            assertThat(KnownEvent.of(event).isPresent())
                    .isEqualTo(KnownEvent.of(TestEvent.sample(type)).isPresent());
        }
        assertThat(KnownEvent.of(TestEvent.sample(type).withJson("/payload", "[]")))
                .isNotNull();
    }

    private static KnownEvent read(String type) {
        return KnownEvent.of(TestEvent.sample(type)).orElseThrow();
    }
}
