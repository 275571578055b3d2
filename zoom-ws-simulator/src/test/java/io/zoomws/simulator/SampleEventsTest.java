package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleEventsTest {

    @Test
    void thereIsOneOfEachTypeAndAlsoTheLeaveThatNobodyCaptured() {
        assertThat(SampleEvents.types())
                .hasSizeGreaterThan(35)
                .contains("meeting.started", "meeting.participant_qos", "meeting.updated", "bot_installed")
                .allSatisfy(type -> assertThat(SampleEvents.json(type)).contains("\"event\":\"" + type + "\""));
        assertThat(SampleEvents.json("meeting.participant_left"))
                .contains("\"leave_time\":\"2026-01-01T10:00:01Z\"")
                .doesNotContain("join");
    }

    @Test
    void theSmallestOfSeveralOfOneTypeIsGiven() {
        assertThat(SampleEvents.json("meeting.participant_qos")).hasSizeLessThan(20_000);
    }

    @Test
    void otherTypesAreNull() {
        assertThat(SampleEvents.json("meeting.imagined")).isNull();
    }
}
