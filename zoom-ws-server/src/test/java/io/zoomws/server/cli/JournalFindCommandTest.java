package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.StoredKind;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalFindCommandTest {

    private static final String STARTED = "2027-01-01T00:00:00Z";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    /** 1 opened, 2 connected, 3 and 4 events, 5 gap, 6 event, 7 a frame that is no JSON, 8 closed. */
    private void write() {
        try (JournalWriter writer =
                JournalWriter.open(directory, "main", () -> Instant.parse(STARTED), JournalSettings.DEFAULT)) {
            append(writer, StoredKind.CONNECTED, 0, "{}");
            event(writer, 1, "meeting.started", "{\"object\":{\"id\":81234567890,\"uuid\":\"/aBc+dE==\"}}");
            event(
                    writer,
                    2,
                    "meeting.ended",
                    "{\"object\":{\"id\":\"81234567890\",\"host\":[\"x\",\"jane@example.com\"]}}");
            append(
                    writer,
                    StoredKind.GAP,
                    20,
                    "{\"from\":\"2027-01-01T00:00:01.500Z\",\"to\":\"2027-01-01T00:00:20Z\",\"cause\":\"crash\"}");
            event(writer, 30, "user.updated", "{\"url\":\"https://zoom.example/%252FaBc%252BdE%253D%253D\"}");
            append(writer, StoredKind.TEXT_FRAME, 31, "no JSON, but jane@example.com");
        }
    }

    @Test
    void theNumberOfAMeetingIsFoundAsNumberAndAsTextAndNeverItsContentPrinted() {
        write();

        assertThat(run("812 3456 7890")).isZero();

        assertThat(data).hasToString("""
                       3  2027-01-01T00:00:01.000000000Z  event         meeting.started  /payload/object/id
                       4  2027-01-01T00:00:02.000000000Z  event         meeting.ended  /payload/object/id
                """);
        assertThat(messages).hasToString("");
    }

    @Test
    void theIdOfAMeetingIsFoundHoweverItIsEncoded() {
        write();

        for (String form : List.of("/aBc+dE==", "%2FaBc%2BdE%3D%3D", "%252FaBc%252BdE%253D%253D")) {
            data.reset();
            assertThat(run(form)).isZero();
            assertThat(lines())
                    .containsExactly(
                            "       3  2027-01-01T00:00:01.000000000Z  event         meeting.started  /payload/object/uuid",
                            "       6  2027-01-01T00:00:30.000000000Z  event         user.updated  /payload/url");
        }
    }

    @Test
    void jsonNamesTheEntriesAndWhatWasSearched() {
        write();

        assertThat(run("JANE@example.com", "-i", "--format", "json", "--from", "4"))
                .isZero();

        assertThat(lines())
                .containsExactly(
                        "{\"sequence\":4,\"kind\":\"event\",\"receivedAt\":\"2027-01-01T00:00:02.000000000Z\","
                                + "\"subscription\":\"main\",\"id\":\"" + id(4)
                                + "\",\"event\":\"meeting.ended\",\"where\":[\"/payload/object/host/1\"]}",
                        "{\"sequence\":7,\"kind\":\"unreadable\",\"receivedAt\":\"2027-01-01T00:00:31.000000000Z\","
                                + "\"subscription\":\"main\",\"where\":[\"frame\"]}",
                        "{\"kind\":\"searched\",\"subscription\":\"main\",\"fromSequence\":4,\"toSequence\":8,"
                                + "\"firstReceivedAt\":\"2027-01-01T00:00:02.000000000Z\","
                                + "\"lastReceivedAt\":\"2027-01-01T00:00:31.000000000Z\",\"found\":2,\"complete\":true,"
                                + "\"quarantined\":0,\"gaps\":[]}");
    }

    @Test
    void anEventIsFoundByTheIdThatTheJournalGivesIt() {
        write();

        assertThat(run(id(6))).isZero();

        assertThat(lines()).containsExactly("       6  2027-01-01T00:00:30.000000000Z  event         user.updated  id");
    }

    @Test
    void whatIsNowhereMayHaveBeenMissedInTheGapsOfWhatWasSearched() {
        write();

        assertThat(run("999")).isEqualTo(1);

        assertThat(data).hasToString("""
                not found in sequences 1 to 8, received from 2027-01-01T00:00:00.000000000Z to 2027-01-01T00:00:31.000000000Z
                it may have been missed in the gap from 2027-01-01T00:00:01.500000000Z to 2027-01-01T00:00:20.000000000Z: crash
                it may have been missed since 2027-01-01T00:00:00.000000000Z, in a gap that is still open: restart
                """);
    }

    @Test
    void aGapThatReachesIntoTheStretchCountsThoughItsEntryLiesBehind() {
        write();

        assertThat(run("999", "--to", "4", "--format", "json")).isEqualTo(1);
        assertThat(lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("\"found\":0")
                .endsWith("\"gaps\":[]}");
        data.reset();
        assertThat(run("999", "--to", "5", "--format", "json")).isEqualTo(1);
        assertThat(lines())
                .first()
                .asString()
                .endsWith(
                        "\"gaps\":[{\"from\":\"2027-01-01T00:00:01.500000000Z\",\"to\":\"2027-01-01T00:00:20.000000000Z\","
                                + "\"seconds\":18.5,\"cause\":\"crash\",\"category\":\"crash\"}]}");
    }

    @Test
    void withoutGapsTheAnswerIsThatItDidNotCome() {
        write();

        assertThat(run("999", "--to", "4")).isEqualTo(1);

        assertThat(data).hasToString("""
                not found in sequences 1 to 3, received from 2027-01-01T00:00:00.000000000Z to 2027-01-01T00:00:01.000000000Z
                there is no gap and no damage in it: it did not come there
                """);
    }

    @Test
    void theSearchCanBeNarrowedToEventsAndToSoManyEntries() {
        write();

        assertThat(run("81234567890", "--event", "meeting.ended")).isZero();
        assertThat(lines()).hasSize(1).first().asString().contains("meeting.ended");
        data.reset();
        assertThat(run("81234567890", "--limit", "1")).isZero();
        assertThat(lines()).hasSize(2).last().asString().isEqualTo("there may be more: the limit is reached");
        assertThat(run("x", "--limit", "0")).isEqualTo(2);
        assertThat(run(" ")).isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .contains(
                        "--limit: 0 is too small: use 1 or more",
                        "TEXT: there is nothing to look for: give an id, an address or any other text");
    }

    private String id(long sequence) {
        try (JournalReader reader = Journals.openReader(directory, "main");
                Tailer tailer = reader.tail(sequence)) {
            return ((ZoomEvent) Objects.requireNonNull(tailer.poll())).id();
        }
    }

    private static void event(JournalWriter writer, int second, String type, String payload) {
        String event = "{\"event\":\"" + type + "\",\"event_ts\":" + second + ",\"payload\":" + payload + "}";
        append(
                writer,
                StoredKind.TEXT_FRAME,
                second,
                "{\"module\":\"message\",\"content\":\"" + event.replace("\"", "\\\"") + "\"}");
    }

    private static void append(JournalWriter writer, StoredKind kind, int second, String text) {
        long at = Instant.parse(STARTED).plusSeconds(second).getEpochSecond() * 1_000_000_000;
        writer.append(
                kind, kind == StoredKind.GAP ? 0 : 1, at, 0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> lines() {
        return data.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private int run(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("journal", "find", "--data", directory.toString()), Stream.of(more))
                .toArray(String[]::new);
        return CommandLineInterface.run(
                arguments, data, new PrintStream(messages, true, StandardCharsets.UTF_8), new StopRequest());
    }
}
