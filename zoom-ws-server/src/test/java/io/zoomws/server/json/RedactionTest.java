package io.zoomws.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @Test
    void structureAndNamesRemainAndValuesDoNot() {
        assertThat(
                        Redaction.of(
                                "{\"event\":\"meeting.started\",\"event_ts\":1706123456789,\"payload\":{\"account_id\":\"a\","
                                        + "\"object\":{\"id\":85746065,\"topic\":\"T\",\"host\":true,\"left\":null,\"rate\":1e-07}}}"))
                .isEqualTo(
                        "{\"event\":\"meeting.started\",\"event_ts\":1706123456789,\"payload\":{\"account_id\":\"***\","
                                + "\"object\":{\"id\":\"***\",\"topic\":\"***\",\"host\":\"***\",\"left\":\"***\",\"rate\":\"***\"}}}");
    }

    @Test
    void arraysWithinArraysKeepTheirShape() {
        assertThat(Redaction.of("{\"a\":[1,[2,[\"x\",{\"b\":[]}]],{}]}"))
                .isEqualTo("{\"a\":[\"***\",[\"***\",[\"***\",{\"b\":[]}]],{}]}");
    }

    @Test
    void onlyTheOutermostObjectSaysWhatItIs() {
        assertThat(Redaction.of(
                        "{\"event\":{\"event\":\"x\"},\"a\":{\"event\":\"x\",\"event_ts\":1},\"event_ts\":[7]}"))
                .isEqualTo(
                        "{\"event\":{\"event\":\"***\"},\"a\":{\"event\":\"***\",\"event_ts\":\"***\"},\"event_ts\":[\"***\"]}");
        assertThat(Redaction.of("[{\"event\":\"x\"},\"y\"]")).isEqualTo("[{\"event\":\"***\"},\"***\"]");
        assertThat(Redaction.of("\"x\"")).isEqualTo("\"***\"");
    }

    @Test
    void ofAFrameThatIsNoEventTheModuleRemains() {
        assertThat(Redaction.of("{\"module\":\"build_connection\",\"success\":true,\"content\":\"Invalid Token eyJ\"}"))
                .isEqualTo("{\"module\":\"build_connection\",\"success\":true,\"content\":\"***\"}");
    }

    @Test
    void whatIsTooLongForATypeOrATimeIsNone() {
        assertThat(Redaction.of("{\"event\":\"" + "x".repeat(201) + "\",\"event_ts\":" + "9".repeat(100_000) + "}"))
                .isEqualTo("{\"event\":\"***\",\"event_ts\":\"***\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a@b.example",
                "+49 30 123456",
                "85746065432",
                "d41d8cd98f00b204e9800998ecf8427e",
                "Jane Doe",
                "ä"
            })
    void aNameThatIsNoneIsAValue(String name) {
        assertThat(Redaction.of("{\"" + name + "\":1}")).isEqualTo("{\"***1\":\"***\"}");
    }

    @Test
    void namesThatAreNoneRemainSeveral() {
        assertThat(Redaction.of("{\"a@b.example\":1,\"ok\":{\"c@d.example\":2}}"))
                .isEqualTo("{\"***1\":\"***\",\"ok\":{\"***2\":\"***\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "_id", "custom_h264", "host-key", "ipv4"})
    void aWordIsAName(String name) {
        assertThat(Redaction.of("{\"" + name + "\":1}")).isEqualTo("{\"" + name + "\":\"***\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"secret":
            {"secret" 1}
            secret
            ''
            {"a":1} {"secret":2}
            """)
    void whatIsNoJsonIsNotShownAtAll(String text) {
        assertThat(Redaction.of(text)).isEqualTo("\"***\"");
    }

    @Test
    void controlCharactersThatWereSentRawDoNoHarm() {
        assertThat(Redaction.of("{\"event\":\"a\nb\",\n\"x\":\"\u0001\"}"))
                .isEqualTo("{\"event\":\"a\\nb\",\"x\":\"***\"}");
    }

    @Test
    void depthAndSizeDoNotMatter() {
        int depth = 100_000;

        assertThat(Redaction.of("[".repeat(depth) + "1" + "]".repeat(depth)))
                .isEqualTo("[".repeat(depth) + "\"***\"" + "]".repeat(depth));
    }
}
