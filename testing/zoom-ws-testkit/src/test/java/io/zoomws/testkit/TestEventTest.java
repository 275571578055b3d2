package io.zoomws.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestEventTest {

    private static final String ODD = """
            {"event":"a.b","event_ts":"1767261600812","payload":{"object":{"n":1.50,"e":1E3,"big":12345678901234567890123,
             "yes":true,"none":null,"list":[{"x":"y"},2],"a/b":"slash","m~n":"tilde","":"empty","twice":1,"twice":2}}}""";

    @ParameterizedTest
    @CsvSource({
        "/event, a.b",
        "/payload/object/n, 1.50",
        "/payload/object/e, 1E3",
        "/payload/object/big, 12345678901234567890123",
        "/payload/object/yes, true",
        "/payload/object/list/0/x, y",
        "/payload/object/list/1, 2",
        "/payload/object/a~1b, slash",
        "/payload/object/m~0n, tilde",
        "/payload/object/, empty",
        "/payload/object/twice, 2",
    })
    void aScalarIsItsTextOrItsLiteral(String pointer, String text) {
        assertThat(TestEvent.of(ODD).text(pointer)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/payload", "/payload/object/none", "/payload/object/list", "/payload/object/list/2", "/x/y"
            })
    void whatIsNoScalarIsEmpty(String pointer) {
        assertThat(TestEvent.of(ODD).text(pointer)).isEmpty();
    }

    @Test
    void aMalformedPointerIsRefused() {
        TestEvent event = TestEvent.of(ODD);

        assertThatThrownBy(() -> event.text("payload")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSampleIsAnEventOfItsType() {
        TestEvent event = TestEvent.sample("meeting.participant_left");

        assertThat(event.type()).isEqualTo("meeting.participant_left");
        assertThat(event.occurredAt()).contains(Instant.parse("2026-01-01T10:00:01.454Z"));
        assertThat(event.receivedAt()).isEqualTo("2026-01-01T10:00:01.554Z");
        assertThat(event.accountId()).contains("XM2Ux44oTvkoor19fUJRtH");
        assertThat(event.duplicateOf()).isEmpty();
        assertThat(event.asDuplicateOf(3).duplicateOf()).hasValue(3);
        assertThat(event).hasToString("meeting.participant_left 1");
        assertThat(event.withSequence(7)).hasToString("meeting.participant_left 7");
    }

    @Test
    void anUnknownSampleIsRefusedWithTheTypesThereAre() {
        assertThatThrownBy(() -> TestEvent.sample("meeting.begun"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no sample of 'meeting.begun': use one of [bot_installed, ")
                .hasMessageEndingWith("], or TestEvent.of(json)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"event\":7}", "{\"event\":null}"})
    void whatHasNoTypeIsNoEvent(String json) {
        assertThatThrownBy(() -> TestEvent.of(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this is no event: it has no text in its field event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"event\":\"a.b\"", "{\"event\":\"a.b\"} {}", "hello"})
    void whatIsNoJsonIsNoEvent(String json) {
        assertThatThrownBy(() -> TestEvent.of(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("this is no event: ");
    }

    @Test
    void fieldsAreChangedMadeAndRemovedAndTheRestStays() {
        TestEvent event = TestEvent.of("{\"event\":\"a.b\",\"n\":1.50,\"payload\":{\"object\":{\"id\":7,\"gone\":1}}}")
                .with("/payload/object/id", "seven")
                .with("/payload/object/participant/user_id", 16_778_240L)
                .with("/payload/object/guest", true)
                .withJson("/payload/object/files", "[{\"id\":1}]")
                .with("/payload/object/files/1/id", 2)
                .with("/payload/object/files/0/id", "first")
                .without("/payload/object/gone")
                .without("/payload/object/never/there");

        assertThat(event.json())
                .isEqualTo("{\"event\":\"a.b\",\"n\":1.50,\"payload\":{\"object\":{\"id\":\"seven\",\"participant\":"
                        + "{\"user_id\":16778240},\"guest\":true,\"files\":[{\"id\":\"first\"},{\"id\":2}]}}}");
    }

    @Test
    void nothingIsSetBelowAText() {
        TestEvent event = TestEvent.of("{\"event\":\"a.b\"}");

        assertThatThrownBy(() -> event.with("/event/x", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "nothing can be set at '/event/x': what is in the way is neither an object nor an array that is long"
                                + " enough");
        assertThatThrownBy(() -> event.withJson("/list", "[1]").with("/list/3", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("nothing can be set at '/list/3'");
    }

    @Test
    void theIdFollowsTheText() {
        TestEvent event = TestEvent.sample("meeting.started");

        assertThat(event.id()).isEqualTo(event.withSequence(9).id()).matches("[A-Za-z0-9_-]{22}");
        assertThat(event.id())
                .isNotEqualTo(event.with("/payload/object/topic", "another").id());
    }

    @Test
    void thePayloadIsTheFrameOfZoom() {
        assertThat(new String(TestEvent.of("{\"event\":\"a\\n\"}").payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"a\\\\n\\\"}\"}");
    }
}
