package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeetingTest {

    /** Whoever counts who was there must find as many people as there are, and know each again when they leave. */
    @Test
    void eachParticipantHasIdsOfTheirOwnFromJoiningToLeaving() throws Exception {
        List<List<String>> joined = idsIn("meeting.participant_joined");

        assertThat(joined).hasSizeGreaterThan(1);
        assertThat(joined.stream().map(ids -> ids.get(0))).doesNotHaveDuplicates();
        assertThat(joined.stream().map(ids -> ids.get(1))).doesNotHaveDuplicates();
        // Guests have empty ones.
        assertThat(joined.stream().map(ids -> ids.get(2))).contains("").anyMatch(id -> !id.isEmpty());
        assertThat(idsIn("meeting.participant_left")).containsExactlyInAnyOrderElementsOf(joined);
    }

    private static List<List<String>> idsIn(String type) throws Exception {
        return events().stream()
                .filter(event -> event.get("event").asText().equals(type))
                .map(event -> event.at("/payload/object/participant"))
                .map(participant -> Stream.of(
                                "participant_uuid", "user_id", "id", "participant_user_id", "email", "customer_key")
                        .map(id -> participant.get(id).asText())
                        .toList())
                .toList();
    }

    private static List<JsonNode> events() throws Exception {
        Meeting meeting = new Meeting(Samples.load(), new Random(3));
        List<JsonNode> events = new ArrayList<>();
        while (!meeting.isOver()) {
            events.add(new ObjectMapper().readTree(meeting.next(Instant.parse("2026-03-02T12:00:00Z"))));
        }
        return events;
    }
}
