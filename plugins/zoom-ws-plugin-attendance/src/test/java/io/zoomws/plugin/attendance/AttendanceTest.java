package io.zoomws.plugin.attendance;

import static io.zoomws.plugin.attendance.TestEvent.ended;
import static io.zoomws.plugin.attendance.TestEvent.joined;
import static io.zoomws.plugin.attendance.TestEvent.left;
import static io.zoomws.plugin.attendance.TestEvent.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who was there, by the rules alone. Minutes count from noon; a visit is written as {@code person from-to}. */
class AttendanceTest {

    private static final String M = "gj+3BbDSuoQ2SQSs/3WKTK==";

    @Test
    void whoJoinsAndLeavesWasThereInBetween() {
        assertThat(visits(joined(M, "Ada", 1, 1), left(M, "Ada", 1, 31)))
                .containsExactly("email:ada@example.com 1-31 of 1800 s");
    }

    /** An oracle of another kind: half minutes, each of which they were there or not. */
    @Test
    void withNothingMissingTheVisitsAreWhenTheyWereThere() {
        for (int seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            BitSet there = new BitSet();
            List<TestEvent> events = new ArrayList<>();
            for (int connection = 1 + random.nextInt(6); connection > 0; connection--) {
                int from = random.nextInt(50);
                int to = from + random.nextInt(10);
                there.set(2 * from, 2 * to + 1);
                events.add(joined(M, "Ada", connection, from));
                events.add(left(M, "Ada", connection, to));
            }
            Collections.shuffle(events, random);
            List<String> expected = new ArrayList<>();
            for (int from = there.nextSetBit(0); from >= 0; from = there.nextSetBit(there.nextClearBit(from))) {
                int to = there.nextClearBit(from) - 1;
                expected.add("email:ada@example.com " + from / 2 + "-" + to / 2 + " of " + 30 * (to - from) + " s");
            }

            assertThat(visits(events.toArray(TestEvent[]::new)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whoComesAgainHasAVisitForEachTime() {
        assertThat(visits(
                        joined(M, "Ada", 1, 1), left(M, "Ada", 1, 10), joined(M, "Ada", 2, 20), left(M, "Ada", 2, 25)))
                .containsExactly("email:ada@example.com 1-10 of 540 s", "email:ada@example.com 20-25 of 300 s");
    }

    @Test
    void twoDevicesAtOnceAreOneVisit() {
        assertThat(visits(joined(M, "Ada", 1, 1), joined(M, "Ada", 2, 5), left(M, "Ada", 1, 10), left(M, "Ada", 2, 20)))
                .containsExactly("email:ada@example.com 1-20 of 1140 s");
    }

    @Test
    void goingToAnotherRoomDoesNotEndAVisit() {
        assertThat(visits(
                        joined(M, "Ada", 1, 1), left(M, "Ada", 1, 10), joined(M, "Ada", 2, 10), left(M, "Ada", 2, 20)))
                .containsExactly("email:ada@example.com 1-20 of 1140 s");
    }

    @Test
    void eventsAboutRoomsAndTheWaitingRoomSayNothing() {
        assertThat(Stream.of(
                                "meeting.participant_joined_breakout_room",
                                "meeting.participant_left_breakout_room",
                                "meeting.participant_joined_waiting_room",
                                "meeting.participant_left_waiting_room",
                                "meeting.participant_jbh_joined",
                                "meeting.created")
                        .flatMap(type -> Fact.Kind.of(type).stream()))
                .isEmpty();
    }

    @Test
    void aWebinarIsAMeeting() {
        assertThat(Stream.of("started", "participant_joined", "participant_left", "ended")
                        .flatMap(type -> Fact.Kind.of("webinar." + type).stream()))
                .containsExactly(Fact.Kind.STARTED, Fact.Kind.JOINED, Fact.Kind.LEFT, Fact.Kind.ENDED);
    }

    @Test
    void whoDidNotLeaveIsThere() {
        assertThat(visits(joined(M, "Ada", 1, 1))).containsExactly("email:ada@example.com 1-");
    }

    @Test
    void theEndOfTheMeetingEndsAVisitWhoseLeavingIsMissing() {
        assertThat(visits(joined(M, "Ada", 1, 1), ended(M, 60)))
                .containsExactly("email:ada@example.com 1-60 inferred of 3540 s");
    }

    @Test
    void aLeavingThatComesAfterTheEndOfTheMeetingIsBelieved() {
        assertThat(visits(joined(M, "Ada", 1, 1), ended(M, 60), left(M, "Ada", 1, 61)))
                .containsExactly("email:ada@example.com 1-61 of 3600 s");
    }

    @Test
    void whoJoinsAfterTheEndOfTheMeetingIsThereForNoTime() {
        assertThat(visits(ended(M, 60), joined(M, "Ada", 1, 61)))
                .containsExactly("email:ada@example.com 61-61 inferred of 0 s");
    }

    @Test
    void aLeavingWithoutJoiningIsAVisitOfUnknownBeginning() {
        assertThat(visits(left(M, "Ada", 1, 30))).containsExactly("email:ada@example.com -30");
    }

    @Test
    void aLeavingWithoutJoiningSaysNothingWhileTheyAreThereAnyway() {
        assertThat(visits(joined(M, "Ada", 1, 1), left(M, "Ada", 7, 15), left(M, "Ada", 1, 30)))
                .containsExactly("email:ada@example.com 1-30 of 1740 s");
    }

    @Test
    void whoLeavesWhenTheyAreFirstSeenToJoinWasThereBefore() {
        assertThat(visits(left(M, "Ada", 1, 15), joined(M, "Ada", 2, 15), left(M, "Ada", 2, 30)))
                .containsExactly("email:ada@example.com -15", "email:ada@example.com 15-30 of 900 s");
    }

    @Test
    void aSecondJoiningOfAConnectionSaysNothing() {
        assertThat(visits(joined(M, "Ada", 1, 1), joined(M, "Ada", 1, 5), left(M, "Ada", 1, 30)))
                .containsExactly("email:ada@example.com 1-30 of 1740 s");
    }

    @Test
    void twoLeavingsOfAConnectionAtOneInstantAreOne() {
        TestEvent again = left(M, "Ada", 1, 30).with("participant/leave_reason", "left the meeting");

        assertThat(visits(joined(M, "Ada", 1, 1), left(M, "Ada", 1, 30), again))
                .containsExactly("email:ada@example.com 1-30 of 1740 s");
    }

    @Test
    void joiningAndLeavingAtOneInstantIsAVisitOfNoLength() {
        assertThat(visits(joined(M, "Ada", 1, 1), left(M, "Ada", 1, 1)))
                .containsExactly("email:ada@example.com 1-1 of 0 s");
    }

    @Test
    void aDeviceThatIsSeenInAnotherRoomHasLeftTheFirst() {
        assertThat(visits(
                        device("d", joined(M, "Ada", 1, 1)),
                        device("d", joined(M, "Ada", 2, 10)),
                        device("d", left(M, "Ada", 2, 20)),
                        ended(M, 60)))
                .containsExactly("email:ada@example.com 1-20 of 1140 s");
    }

    @Test
    void anotherDeviceSaysNothingAboutTheFirst() {
        assertThat(visits(
                        device("d", joined(M, "Ada", 1, 1)),
                        device("e", joined(M, "Ada", 2, 10)),
                        device("e", left(M, "Ada", 2, 20)),
                        ended(M, 60)))
                .containsExactly("email:ada@example.com 1-60 inferred of 3540 s");
    }

    @Test
    void withoutNumbersTheConnectionsOfAPersonAreOne() {
        assertThat(visits(
                        joined(M, "Ada", 1, 1).without("participant/user_id"),
                        left(M, "Ada", 1, 10).without("participant/user_id"),
                        joined(M, "Ada", 2, 10).without("participant/user_id"),
                        left(M, "Ada", 2, 20).without("participant/user_id")))
                .containsExactly("email:ada@example.com 1-20 of 1140 s");
    }

    @Test
    void whatOneEventOfAConnectionKnowsHoldsForTheOthers() {
        assertThat(visits(
                        joined(M, "Ada", 1, 1).with("participant/participant_user_id", "u1"),
                        left(M, "Ada", 1, 10).without("participant/email")))
                .containsExactly("user:u1 1-10 of 540 s");
    }

    @Test
    void whatOneEventOfADeviceKnowsHoldsForTheOthers() {
        assertThat(visits(
                        device("d", joined(M, "Ada", 1, 1).without("participant/email")),
                        device("d", left(M, "Ada", 1, 10).without("participant/email")),
                        device("d", joined(M, "Ada", 2, 10)),
                        device("d", left(M, "Ada", 2, 20))))
                .containsExactly("email:ada@example.com 1-20 of 1140 s");
    }

    @Test
    void peopleWhoAreToldApartByTheirEventsAreNotMixedUpByOneNumber() {
        assertThat(visits(joined(M, "Ada", 1, 1), joined(M, "Bob", 1, 2), left(M, "Ada", 1, 10), left(M, "Bob", 1, 20)))
                .containsExactly("email:ada@example.com 1-10 of 540 s", "email:bob@example.com 2-20 of 1080 s");
    }

    @Test
    void theLastNameTopicAndAddressHold() {
        Attendance attendance = attendance(
                joined(M, "Ada", 1, 1),
                left(M, "Ada", 1, 10)
                        .with("participant/user_name", "Ada L.")
                        .with("participant/email", "ADA@example.com")
                        .with("topic", "Weekly sync (moved)"));

        assertThat(attendance.visits())
                .extracting(Visit::name, Visit::email, Visit::topic)
                .containsExactly(tuple("Ada L.", "ADA@example.com", "Weekly sync (moved)"));
    }

    @Test
    void aMeetingLastsFromItsStartToItsEnd() {
        assertThat(attendance(started(M, 0), ended(M, 60)).meeting())
                .isEqualTo(new Meeting(
                        new MeetingKey("acme", M),
                        "84210075513",
                        "Weekly sync",
                        "host",
                        TestEvent.NOON,
                        TestEvent.NOON.plus(Duration.ofHours(1))));
    }

    @Test
    void theEventAboutItsEndKnowsWhenAMeetingStarted() {
        assertThat(attendance(ended(M, 60).with("start_time", TestEvent.time(3)))
                        .meeting()
                        .startedAt())
                .isEqualTo(TestEvent.NOON.plusSeconds(180));
    }

    @Test
    void aMeetingOfWhichOnlyPeopleAreSeenHasNoTimes() {
        assertThat(attendance(joined(M, "Ada", 1, 1)).meeting())
                .extracting(Meeting::startedAt, Meeting::endedAt)
                .containsOnlyNulls();
    }

    private static TestEvent device(String device, TestEvent event) {
        return event.with("participant/participant_uuid", device);
    }

    private static Attendance attendance(TestEvent... events) {
        return Attendance.of(
                new MeetingKey("acme", M),
                Stream.of(events).map(TestEvent::fact).toList());
    }

    private static List<String> visits(TestEvent... events) {
        return attendance(events).visits().stream().map(AttendanceTest::text).toList();
    }

    private static String text(Visit visit) {
        return visit.person() + " " + minute(visit.joinedAt()) + "-" + minute(visit.leftAt())
                + (visit.leftInferred() ? " inferred" : "")
                + (visit.durationSeconds() == null ? "" : " of " + visit.durationSeconds() + " s");
    }

    private static String minute(@Nullable Instant time) {
        return time == null
                ? ""
                : Long.toString(Duration.between(TestEvent.NOON, time).toMinutes());
    }
}
