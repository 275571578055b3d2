package io.zoomws.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.journal.OverLongFrame;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.ZoomEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EntryFormatTest {

    private static final String PLACE =
            "\"receivedAt\":\"2026-11-23T20:00:00.123456789Z\",\"subscription\":\"main\",\"connection\":1";

    /** An event with this text. */
    private record Sent(long sequence, String type, String json, OptionalLong duplicateOf) implements ZoomEvent {
        @Override
        public String id() {
            return "abc";
        }

        @Override
        public Optional<Instant> occurredAt() {
            return Optional.empty();
        }

        @Override
        public Optional<String> text(String pointer) {
            return Optional.empty();
        }

        @Override
        public EntryKind kind() {
            return EntryKind.EVENT;
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return Instant.parse("2026-11-23T20:00:00.123456789Z");
        }

        @Override
        public long connection() {
            return 1;
        }

        @Override
        public byte[] payload() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** What the server says about itself. */
    private record Note(String json) implements Entry {
        @Override
        public long sequence() {
            return 9;
        }

        @Override
        public EntryKind kind() {
            return EntryKind.CONTROL;
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return Instant.parse("2026-11-23T20:00:00.123456789Z");
        }

        @Override
        public long connection() {
            return 0;
        }

        @Override
        public byte[] payload() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** What the journal says of a frame over the size limit. */
    private record TooLong(String description) implements OverLongFrame {
        @Override
        public long sequence() {
            return 9;
        }

        @Override
        public EntryKind kind() {
            return EntryKind.UNREADABLE;
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return Instant.parse("2026-11-23T20:00:00.123456789Z");
        }

        @Override
        public long connection() {
            return 1;
        }

        @Override
        public byte[] payload() {
            return description.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void theContentOfAnEventIsNotTouched() throws Exception {
        String content =
                "{ \"b\":1e-07,\"a\":123456789012345678901234567890,\"event\":\"x.y\",\"\\u0061\":\"ü😀\\/\",\"b\":2 }";

        assertThat(json(event(content)))
                .isEqualTo("{\"sequence\":41,\"kind\":\"event\"," + PLACE
                        + ",\"id\":\"abc\",\"event\":\"x.y\",\"eventTs\":null,\"duplicateOf\":null,\"content\":"
                        + content
                        + "}\n");
    }

    @Test
    void lineFeedsBetweenTokensBecomeBlanksAndLoneSurrogatesEscapes() throws Exception {
        assertThat(json(event("{\n\"event\":\r\n\"x.y\",\"t\":\"\ud83d!\"}")))
                .contains("\"content\":{ \"event\":  \"x.y\",\"t\":\"\\ud83d!\"}}\n")
                .hasLineCount(1);
    }

    @Test
    void controlCharactersInsideStringsBecomeEscapesSoThatTheLineIsOneValidObject() throws Exception {
        String sent =
                "{\r\n\t\"event\":\"x.y\",\"event_ts\":\"a\tb\",\"t\":\"\\\"1\n2\r3\t4\u0001\\\\\",\"k\ney\":\"\u007f\"\n}";

        String line = json(event(sent));

        assertThat(line)
                .contains(",\"eventTs\":\"a\\tb\",")
                .endsWith(
                        ",\"content\":{  \t\"event\":\"x.y\",\"event_ts\":\"a\\tb\",\"t\":\"\\\"1\\n2\\r3\\t4\\u0001\\\\\","
                                + "\"k\\ney\":\"\u007f\" }}\n")
                .hasLineCount(1);
        try (JsonParser strict = new JsonFactory().createParser(line)) {
            strict.nextToken();
            strict.skipChildren();
            assertThat(strict.nextToken()).isNull();
        }
        assertThat(json(other(EntryKind.CONTROL, "{\"module\":\"a\nb\"}")))
                .endsWith(",\"frame\":{\"module\":\"a\\nb\"}}\n")
                .hasLineCount(1);
    }

    @Test
    void theTimeOfAnEventKeepsItsType() throws Exception {
        assertThat(json(event("{\"payload\":{\"event_ts\":1},\"event_ts\":1706123456789}")))
                .contains(",\"eventTs\":1706123456789,");
        assertThat(json(event("{\"event_ts\":\"2026-01-01T00:00:00Z\"}")))
                .contains(",\"eventTs\":\"2026-01-01T00:00:00Z\",");
        assertThat(json(event("{\"event_ts\":\"1706123456789\"}"))).contains(",\"eventTs\":\"1706123456789\",");
        assertThat(json(event("{\"event_ts\":{\"a\":1}}"))).contains(",\"eventTs\":null,");
        assertThat(json(event("{\"event_ts\":null}"))).contains(",\"eventTs\":null,");
    }

    @Test
    void aRepeatNamesTheFirst() throws Exception {
        assertThat(json(new Sent(42, "x.y", "{}", OptionalLong.of(41))))
                .contains(",\"duplicateOf\":41,\"content\":{}}");
    }

    @Test
    void aNoteOfTheServerIsShownAsWhatItSaysAndIsNoFrame() throws Exception {
        Entry note = new Note("{\"note\":\"the wall clock was set back\",\"by\":\"PT-1H\"}");

        assertThat(json(note))
                .isEqualTo("{\"sequence\":9,\"kind\":\"control\","
                        + PLACE.replace("\"connection\":1", "\"connection\":0")
                        + ",\"note\":\"the wall clock was set back\",\"by\":\"PT-1H\"}\n");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new EntryText(text).print(note);
        assertThat(text.toString(StandardCharsets.UTF_8))
                .isEqualTo("       9  2026-11-23T20:00:00.123456789Z  control       "
                        + "{\"note\":\"the wall clock was set back\",\"by\":\"PT-1H\"}\n");
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        new EntryRaw(raw).print(note);
        assertThat(raw.size()).isZero();
    }

    @Test
    void aGapHasItsBounds() throws Exception {
        assertThat(json(new MemoryEntry.Interval(7)))
                .isEqualTo("{\"sequence\":7,\"kind\":\"gap\"," + PLACE
                        + ",\"from\":\"2026-11-23T20:00:00.123456789Z\",\"to\":\"2026-11-23T20:00:01.123456789Z\","
                        + "\"cause\":\"test\"}\n");
    }

    @Test
    void anOpenGapHasNoSequenceAndNoEnd() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EntryPrinter printer = EntryFormat.json.printer(out);

        printer.printOpenGap("main", Instant.parse("2026-11-23T20:00:00Z"), "crash");
        printer.flush();

        assertThat(out)
                .hasToString("{\"kind\":\"gap\",\"subscription\":\"main\",\"from\":\"2026-11-23T20:00:00.000000000Z\","
                        + "\"to\":null,\"cause\":\"crash\"}\n");
    }

    @Test
    void controlFramesAreShownAsTheyCame() throws Exception {
        assertThat(json(other(EntryKind.CONTROL, "\uFEFF{\"module\":\n1.0}\n")))
                .isEqualTo("{\"sequence\":9,\"kind\":\"control\"," + PLACE + ",\"frame\":{\"module\": 1.0}}\n");
    }

    @Test
    void whatCannotBeReadIsBase64AndWhatWasTooLongItsHash() throws Exception {
        assertThat(json(other(EntryKind.UNREADABLE, "\u0000\n")))
                .isEqualTo("{\"sequence\":9,\"kind\":\"unreadable\"," + PLACE + ",\"length\":2,\"base64\":\"AAo=\"}\n");
        assertThat(json(new TooLong("{\"length\":99,\"sha256\":\"ff\"}")))
                .isEqualTo("{\"sequence\":9,\"kind\":\"unreadable\"," + PLACE + ",\"length\":99,\"sha256\":\"ff\"}\n");
    }

    @Test
    void aFrameThatLooksLikeTheDescriptionOfAnOverLongOneIsShownAsTheFrameItIs() throws Exception {
        String payload = "{\"length\":5,\"sha256\":\"ff\"}";

        assertThat(raw(other(EntryKind.UNREADABLE, payload))).isEqualTo(payload + "\n");
        assertThat(json(other(EntryKind.UNREADABLE, payload)))
                .isEqualTo("{\"sequence\":9,\"kind\":\"unreadable\"," + PLACE + ",\"length\":26,\"base64\":\""
                        + Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + "\"}\n");
    }

    @Test
    void theNotesOfTheServerAreTakenIn() throws Exception {
        assertThat(json(other(EntryKind.OPENED, "{\"epoch\":3,\"kind\":\"never\"}")))
                .isEqualTo("{\"sequence\":9,\"kind\":\"opened\"," + PLACE + ",\"epoch\":3}\n");
        assertThat(json(other(EntryKind.CONNECTED, "")))
                .isEqualTo("{\"sequence\":9,\"kind\":\"connected\"," + PLACE + "}\n");
    }

    @Test
    void rawFramesAreOneALineUnlessTheyHoldALineFeed() throws Exception {
        assertThat(raw(event("{}"))).isEqualTo("{}\n");
        assertThat(raw(other(EntryKind.CONTROL, "{\n}"))).isEqualTo("\u001e3\n{\n}\n");
        assertThat(raw(other(EntryKind.UNREADABLE, "\u001e"))).isEqualTo("\u001e1\n\u001e\n");
        assertThat(raw(other(EntryKind.UNREADABLE, ""))).isEqualTo("\n");
        assertThat(raw(new TooLong("{\"length\":99,\"sha256\":\"ff\"}"))).isEmpty();
        assertThat(raw(other(EntryKind.CONNECTED, "{}"))).isEmpty();
    }

    @Test
    void textHasNoControlCharacters() throws Exception {
        assertThat(print(EntryFormat.text, new Sent(3, "a\u001b[2Jb\n", "{}", OptionalLong.of(1))))
                .isEqualTo("       3  2026-11-23T20:00:00.123456789Z  event         a?[2Jb? id=abc duplicateOf=1"
                        + " connection=1\n");
    }

    private static Entry event(String json) {
        return new Sent(41, "x.y", json, OptionalLong.empty());
    }

    private static Entry other(EntryKind kind, String payload) {
        return new MemoryEntry.Other(9, kind, payload);
    }

    private static String json(Entry entry) throws IOException {
        return print(EntryFormat.json, entry);
    }

    private static String raw(Entry entry) throws IOException {
        return print(EntryFormat.raw, entry);
    }

    private static String print(EntryFormat format, Entry entry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EntryPrinter printer = format.printer(out);
        printer.print(entry);
        printer.flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}
