package io.zoomws.plugin.attendance;

import static io.zoomws.plugin.attendance.TestEvent.NOON;
import static io.zoomws.plugin.attendance.TestEvent.joined;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactReaderTest {

    private final TestEvent joined = joined("uuid", "Ada", 16778240, 1);

    @Test
    void theTimeOfJoiningIsTheOneInTheEvent() {
        assertThat(joined.fact().at()).isEqualTo(NOON.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-03-02", "-999999999-01-01T00:00:00Z", "+12026-03-02T12:00:00Z"})
    void withoutAUsableTimeTheEventsOwnHolds(String time) {
        assertThat(joined.with("participant/join_time", time).fact().at())
                .isEqualTo(joined.occurredAt().orElseThrow());
    }

    @Test
    void withoutAnyTimeThatOfReceiptHoldsToTheMillisecond() {
        assertThat(joined.without("participant/join_time")
                        .withoutEventTime()
                        .receivedAt(Instant.parse("2026-03-02T12:01:00.123456789Z"))
                        .fact()
                        .at())
                .isEqualTo(Instant.parse("2026-03-02T12:01:00.123Z"));
    }

    @Test
    void aTimeMayHaveAnOffset() {
        assertThat(joined.with("participant/join_time", "2026-03-02T14:00:00+02:00")
                        .fact()
                        .at())
                .isEqualTo(NOON);
    }

    @Test
    void theSurestIdTellsWhoItIs() {
        TestEvent nobody = joined.without("participant/user_id")
                .without("participant/user_name")
                .without("participant/email");
        TestEvent named = nobody.with("participant/user_name", "Ada");
        TestEvent numbered = named.with("participant/user_id", "16778240");
        TestEvent device = numbered.with("participant/participant_uuid", "2B01-55");
        TestEvent customer = device.with("participant/customer_key", "c1");
        TestEvent address = customer.with("participant/email", "Ada@Example.com");
        TestEvent registered = address.with("participant/registrant_id", "r1");
        TestEvent older = registered.with("participant/id", "u1").with("participant/participant_user_id", "");
        TestEvent user = older.with("participant/participant_user_id", "u2");

        assertThat(Stream.of(nobody, named, numbered, device, customer, address, registered, older, user)
                        .map(event -> event.fact().person())
                        .map(Person::text))
                .containsExactly(
                        "unknown:",
                        "name:Ada",
                        "connection:16778240",
                        "participant:2B01-55",
                        "customer:c1",
                        "email:ada@example.com",
                        "registrant:r1",
                        "user:u1",
                        "user:u2");
    }

    @Test
    void aPersonIsReadBackAsItWasWritten() {
        Person person = new Person(Person.Kind.NAME, "a:b");

        assertThat(Person.parse(person.text())).isEqualTo(person);
    }

    @Test
    void withoutAUuidTheIdNamesTheMeeting() {
        assertThat(joined.without("uuid").fact().meeting()).isEqualTo(new MeetingKey("acme", "id:84210075513"));
    }

    @Test
    void whatNamesNoMeetingIsNoFact() {
        assertThat(FactReader.read(joined.with("uuid", "").with("id", " "))).isEmpty();
    }

    @Test
    void whatIsBlankIsNothing() {
        Fact fact = joined.with("participant/user_name", " ")
                .with("participant/email", "")
                .with("topic", "")
                .inAccount("")
                .fact();

        assertThat(fact.meeting().account()).isEmpty();
        assertThat(fact).extracting(Fact::name, Fact::email, Fact::topic).containsOnlyNulls();
    }
}
