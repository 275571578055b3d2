package com.example.meetinglog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.testkit.HandlerTester;
import io.zoomws.testkit.TestEvent;
import io.zoomws.testkit.TestPluginContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeetingLogTest {

    @TempDir
    private Path folder;

    @Test
    void writesALineForEachMeetingThatEnded() throws Exception {
        HandlerTester tester = tester(Duration.ZERO)
                .deliver(
                        TestEvent.sample("meeting.started"),
                        TestEvent.sample("meeting.ended").with("/payload/object/topic", "Lunch, \"long\""));

        assertThat(tester.thrown()).isEmpty();
        assertThat(folder.resolve("meetings.csv"))
                .hasContent("2,\"84210075513\",\"gj+3BbDSuoQ2SQSs/3WKTK==\",2026-01-01T10:00:00Z,2026-01-01T10:30:15Z,"
                        + "\"Lunch, \"\"long\"\"\"");
    }

    @Test
    void leavesOutMeetingsThatWereTooShort() {
        tester(Duration.ofHours(1)).deliver(TestEvent.sample("meeting.ended"));

        assertThat(folder.resolve("meetings.csv")).doesNotExist();
    }

    @Test
    void writesWhatZoomLeavesOutAsNothing() {
        tester(Duration.ofHours(1)).deliver(TestEvent.of("{\"event\":\"meeting.ended\"}"));

        assertThat(folder.resolve("meetings.csv")).hasContent("1,\"\",\"\",,,\"\"");
    }

    @Test
    void whatCannotBeWrittenIsParkedAndGoesInOnceItCan() throws Exception {
        Path inTheWay = Files.createDirectory(folder.resolve("meetings.csv"));
        HandlerTester tester = tester(Duration.ZERO).deliver(TestEvent.sample("meeting.ended"));
        assertThat(tester.parked()).hasSize(1);

        Files.delete(inTheWay);
        tester.redrive(1);

        assertThat(tester.parked()).isEmpty();
        assertThat(inTheWay).content().startsWith("1,");
    }

    @Test
    void refusesSettingsThatCannotBeMeant() {
        assertThatThrownBy(() -> new MeetingLogSettings(Path.of("x"), Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shortest is 0s or more, not PT-1S");
    }

    private HandlerTester tester(Duration shortest) {
        MeetingLogSettings settings = new MeetingLogSettings(Path.of("meetings.csv"), shortest);
        return HandlerTester.of(new MeetingLog(settings, TestPluginContext.in(folder)));
    }
}
