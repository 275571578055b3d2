package io.zoomws.server.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However Zoom writes it, it is found. */
class SearchTextTest {

    private static final String UUID = "/ajXp112QmuoKj4854875==";

    @Test
    void theIdOfAMeetingIsTheSameWhetherItIsEncodedOrNotInTheQuestionAndInTheEvent() {
        List<String> forms = List.of(
                UUID,
                "%2FajXp112QmuoKj4854875%3D%3D",
                "%252FajXp112QmuoKj4854875%253D%253D",
                "%2fajXp112QmuoKj4854875%3d=");
        for (String asked : forms) {
            for (String written : forms) {
                String url = "https://zoom.example/rec/" + written + "?x=1";
                assertFound(asked, url, "{\"u\":\"" + url + "\"}");
                assertFound(asked, written, "{\"u\":\"" + written.replace("/", "\\/") + "\"}");
            }
        }
    }

    @Test
    void aPlusSignIsNoBlank() {
        assertFound("ab+c/d==", "ab%2Bc%2Fd%3D%3D", "ab%2Bc%2Fd%3D%3D");
        assertThat(SearchText.of("ab+c", false).isIn("ab c")).isFalse();
    }

    @Test
    void aNumberIsFoundThoughItIsAskedForWithBlanks() {
        assertFound(" 812 3456 7890 ", "81234567890", "{\"id\":81234567890}");
        assertFound("812 3456 7890", "Meeting 812 3456 7890", "{\"topic\":\"Meeting 812 3456 7890\"}");
    }

    @Test
    void capitalLettersCountUnlessTheyAreToBeIgnored() {
        assertThat(SearchText.of("Jane@Example.com", false).isIn("jane@example.com"))
                .isFalse();
        SearchText ignoring = SearchText.of("Jane@Example.com", true);
        assertThat(ignoring.isIn("jane@EXAMPLE.com")).isTrue();
        assertThat(ignoring.mayBeIn(utf8("{\"e\":\"jane@EXAMPLE.com\"}"))).isTrue();
    }

    @Test
    void whatJsonMayWriteAsAnEscapeIsNoReasonToPassAnEntry() {
        assertFound("Grüße", "Grüße", "{\"t\":\"Gr\\u00fc\\u00dfe\"}");
        assertFound("日本", "日本", "{\"t\":\"\\u65e5\\u672c\"}");
        assertFound("a \"b\"", "a \"b\"", "{\"t\":\"a \\\"b\\\"\"}");
    }

    @Test
    void whatIsNoPercentEncodingStaysAsItIs() {
        assertFound("100% of it", "100% of it", "{\"t\":\"100% of it\"}");
        assertFound("%zz%2", "%zz%2", "%zz%2");
    }

    @Test
    void mostFramesArePassedUnparsed() {
        SearchText search = SearchText.of(UUID, false);
        assertThat(search.mayBeIn(utf8("{\"uuid\":\"bjXp112QmuoKj4854875==\"}")))
                .isFalse();
        assertThat(search.mayBeIn(new byte[0])).isFalse();
    }

    @Test
    void aProbeAgreesWithTheSlowWay() {
        long seed = 20_261_125;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String wanted = letters(random, 1 + random.nextInt(4));
            String text = letters(random, random.nextInt(20));
            assertThat(new ByteProbe(wanted, false).isIn(utf8(text)))
                    .as("'%s' in '%s', seed %d", wanted, text, seed)
                    .isEqualTo(text.contains(wanted));
        }
    }

    @Test
    void nothingCannotBeLookedFor() {
        assertThatThrownBy(() -> SearchText.of("  ", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is nothing to look for: give an id, an address or any other text");
    }

    private static void assertFound(String asked, String value, String frame) {
        SearchText search = SearchText.of(asked, false);
        assertThat(search.mayBeIn(utf8(frame))).as("%s in %s", asked, frame).isTrue();
        assertThat(search.isIn(value)).as("%s in %s", asked, value).isTrue();
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
