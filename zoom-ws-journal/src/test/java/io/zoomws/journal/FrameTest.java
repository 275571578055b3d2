package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.zoomws.spi.EntryKind;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private static Frame read(String text) {
        return Frame.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static EventText event(String text) {
        Frame frame = read(text);
        assertThat(frame.kind()).isEqualTo(EntryKind.EVENT);
        return Objects.requireNonNull(frame.event());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"module\":\"message\",\"content\":{\"event\":\"a\",\"n\": 1E-07},\"header\":{}}",
                "{\"content\":\"{\\\"event\\\":\\\"a\\\",\\\"n\\\": 1E-07}\",\"module\":\"message\"}",
                "{\"event\":\"a\",\"n\": 1E-07}",
                " \n{\"event\":\"a\",\"n\": 1E-07}\n ",
                "\uFEFF{\"event\":\"a\",\"n\": 1E-07}",
                "{\"module\":\"message\",\"content\":\"\uFEFF{\\\"event\\\":\\\"a\\\",\\\"n\\\": 1E-07}\"}"
            })
    void everyFormOfAnEventGivesTheSameText(String frame) {
        assertThat(event(frame).json()).isEqualTo("{\"event\":\"a\",\"n\": 1E-07}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"module\":\"message\",\"content\":{\"event\":\"a\",\"t\":\"1\n2\t3\u00014\u0000\"}}",
                "{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"a\\\",\\\"t\\\":\\\"1\n2\t3\u00014\u0000\\\"}\"}",
                "{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"a\\\",\\\"t\\\":\\\"1\\n2\\t3\\u00014\\u0000\\\"}\"}",
                "{\"event\":\"a\",\"t\":\"1\n2\t3\u00014\u0000\"}"
            })
    void controlCharactersThatStandRawInsideATextAreKeptAsSent(String frame) throws Exception {
        EventText event = event(frame);

        assertThat(event.json()).isEqualTo("{\"event\":\"a\",\"t\":\"1\n2\t3\u00014\u0000\"}");
        assertThat(Json.find(event.json(), JsonPointer.compile("/t"))).isEqualTo("1\n2\t3\u00014\u0000");
    }

    @Test
    void aContentObjectBehindOtherTextIsCutOutExactly() {
        String content = "{\"payload\":{\"topic\":\"équipe & 東京 🚀 \\u00e9\\\"}\"} , \"event\":\"x\" }";
        assertThat(event("{\"header\":{\"ü\":[1,{}]},\"module\":\"message\",\"content\": " + content + " }")
                        .json())
                .isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"module\":\"heartbeat\",\"success\":true,\"content\":\"live\",\"header\":{}}",
                "{\"module\":\"new\",\"content\":{\"event\":\"a\"}}",
                "{\"module\":\"message\"}",
                "{\"module\":\"message\",\"content\":\"not json\"}",
                "{\"module\":\"message\",\"content\":[1]}",
                "{\"module\":\"message\",\"content\":\"{\\\"event\\\":7}\"}",
                "{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"a\\\"} x\"}",
                "{\"module\":null,\"event\":\"a\"}",
                "{\"event\":{}}"
            })
    void aReadableFrameWithoutAnEventIsControl(String frame) {
        assertThat(read(frame)).isEqualTo(new Frame(EntryKind.CONTROL, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[]", "\"a\"", "{", "{}}", "{\"a\":1}{\"a\":1}", "{\"a\":1\u0000}", "{'a':1}"})
    void whatIsNoJsonObjectIsUnreadable(String frame) {
        assertThat(read(frame).kind()).isEqualTo(EntryKind.UNREADABLE);
    }

    @Test
    void invalidUtf8IsUnreadableAndTheReplacementCharacterItselfIsNot() {
        assertThat(Frame.read(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'})
                        .kind())
                .isEqualTo(EntryKind.UNREADABLE);
        assertThat(event("{\"event\":\"\uFFFD\"}").type()).isEqualTo("\uFFFD");
    }

    @Test
    void hostileSizesAreSurvived() {
        assertThat(read("[".repeat(100_000)).kind()).isEqualTo(EntryKind.UNREADABLE);
        assertThat(read("{\"a\":".repeat(100_000)).kind()).isEqualTo(EntryKind.UNREADABLE);
        String digits = "9".repeat(10_000);
        EventText event = event("{\"event\":\"a\",\"event_ts\":" + digits + ",\"n\":" + digits + "}");
        assertThat(event.occurredAt()).isEmpty();
        assertThat(event.timed()).isTrue();
    }

    @Test
    void ofAKeyThatOccursTwiceTheLastCounts() throws Exception {
        EventText event = event("{\"event\":\"a\",\"x\":{\"y\":1},\"event\":\"b\",\"x\":{\"y\":2}}");
        assertThat(event.type()).isEqualTo("b");
        assertThat(Json.find(event.json(), JsonPointer.compile("/x/y"))).isEqualTo("2");
    }

    @Test
    void fieldsAreFoundByPointerAsText() throws Exception {
        String json = "{\"a\":[10,{\"b\":\"t\"}],\"n\":null,\"t\":true,\"m~/\":1.50,\"\":\"empty\"}";
        assertThat(Json.find(json, JsonPointer.compile("/a/1/b"))).isEqualTo("t");
        assertThat(Json.find(json, JsonPointer.compile("/a/0"))).isEqualTo("10");
        assertThat(Json.find(json, JsonPointer.compile("/t"))).isEqualTo("true");
        assertThat(Json.find(json, JsonPointer.compile("/m~0~1"))).isEqualTo("1.50");
        assertThat(Json.find(json, JsonPointer.compile("/"))).isEqualTo("empty");
        for (String missing : new String[] {"", "/a", "/n", "/a/7", "/a/0/x", "/z"}) {
            assertThat(Json.find(json, JsonPointer.compile(missing)))
                    .as(missing)
                    .isNull();
        }
        assertThatThrownBy(() -> JsonPointer.compile("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyVolatileValuesAreLeftOutOfTheStableHash() {
        Hasher hasher = new Hasher();
        EventText one =
                event("{\"event\":\"r\",\"files\":[{\"id\":1,\"download_url\":\"u1\"}],\"download_token\":\"t1\"}");
        EventText copy =
                event("{\"event\":\"r\",\"files\":[{\"id\":1,\"download_url\":\"u2\"}],\"download_token\":\"t22\"}");
        EventText other =
                event("{\"event\":\"r\",\"files\":[{\"id\":2,\"download_url\":\"u1\"}],\"download_token\":\"t1\"}");
        Hash stable = hasher.stable(one, hasher.content(one));
        assertThat(hasher.stable(copy, hasher.content(copy))).isEqualTo(stable);
        assertThat(hasher.stable(other, hasher.content(other))).isNotEqualTo(stable);
        assertThat(hasher.content(copy)).isNotEqualTo(hasher.content(one));
    }

    @Test
    void loneSurrogatesDoNotMakeTwoEventsOne() {
        Hasher hasher = new Hasher();
        EventText one = event("{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"\\ud800\\\"}\"}");
        EventText other = event("{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"\\ud801\\\"}\"}");
        assertThat(hasher.content(one)).isNotEqualTo(hasher.content(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1767261600812", "\"1767261600812\"", "\"2026-01-01T10:00:00.812Z\""})
    void timesAreReadInEveryFormSeen(String time) {
        assertThat(event("{\"event\":\"a\",\"event_ts\":" + time + "}").occurredAt())
                .hasValueSatisfying(at -> assertThat(at.toEpochMilli()).isEqualTo(1767261600812L));
    }
}
