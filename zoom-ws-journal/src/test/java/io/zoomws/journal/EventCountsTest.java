package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventCountsTest {

    @TempDir
    private Path data;

    @Test
    void anEventCountsForTheFirstWordOfItsTypeAndAnUnknownOneForOther() {
        EventCounts counts = new EventCounts();

        counts.count("meeting.started", false);
        counts.count("meeting.ended", true);
        counts.count("contact_center.task_created", false);
        counts.count("bot_installed", false);
        counts.count("hostile{label=\"x\"}.y", false);
        counts.count("other.thing", false);
        counts.count("", false);

        assertThat(some(counts.now()))
                .containsOnly(entry("meeting", 2L), entry("contact_center", 1L), entry("other", 4L));
        assertThat(counts.now().duplicates()).isEqualTo(1);
    }

    @Test
    void whatAWriterFoundAtItsStartIsNotCounted() {
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            append(writer, "{\"event\":\"meeting.started\",\"event_ts\":1}");
        }
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            append(writer, "{\"event\":\"meeting.started\",\"event_ts\":1}");
            append(writer, "{\"event\":\"phone.callee_ringing\"}");
            append(writer, "{\"module\":\"heartbeat\"}");
            writer.close();

            JournalStatus status = writer.status();
            assertThat(some(status.events())).containsOnly(entry("meeting", 1L), entry("phone", 1L));
            assertThat(status.events().duplicates()).isEqualTo(1);
            assertThat(status.barriers().count()).isBetween(2L, 6L);
        }
    }

    private static void append(JournalWriter writer, String json) {
        writer.append(StoredKind.TEXT_FRAME, 1, 1, 1, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Long> some(JournalStatus.Events events) {
        return events.byFamily().entrySet().stream()
                .filter(family -> family.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
