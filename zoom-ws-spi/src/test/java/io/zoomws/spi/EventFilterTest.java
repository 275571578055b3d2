package io.zoomws.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {

    @ParameterizedTest
    @CsvSource({
        "meeting.started, meeting.started, true",
        "meeting.started, meeting.started2, false",
        "meeting.started, Meeting.started, false",
        "meeting.*, meeting.participant_joined, true",
        "meeting.*, meeting, false",
        "*.created, user.created, true",
        "*, anything at all, true",
        "*a*b*, xxaxxbxx, true",
        "*a*b, xxaxxbxxb, true",
        "*a*b, xxaxxbxx, false",
        "**, '', true",
        "meeting.[a], meeting.a, false",
    })
    void starStandsForAnyCharacters(String glob, String type, boolean matches) {
        assertThat(EventFilter.of(List.of(glob)).matches(type)).isEqualTo(matches);
    }

    @Test
    void anyGlobSuffices() {
        EventFilter filter = EventFilter.of(List.of("user.*", "meeting.ended"));
        assertThat(filter.matches("user.created")).isTrue();
        assertThat(filter.matches("meeting.ended")).isTrue();
        assertThat(filter.matches("meeting.started")).isFalse();
    }

    @Test
    void noGlobChoosesEveryEvent() {
        assertThat(EventFilter.of(List.of()).matches("meeting.started")).isTrue();
    }

    @Test
    void refusesBlanks() {
        assertThatThrownBy(() -> EventFilter.of(List.of("meeting.* user.*")))
                .hasMessage("'meeting.* user.*' is no event glob:"
                        + " use a type such as meeting.started, with * for any characters");
    }
}
