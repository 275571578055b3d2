package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultScriptTest {

    @Test
    void thePageHasAnExampleOfEachFaultAndOfNothingElse() {
        assertThat(FaultsPage.examples().keySet()).containsExactlyInAnyOrderElementsOf(FaultCatalogue.KINDS.keySet());
        FaultsPage.examples()
                .forEach((name, yaml) -> assertThat(FaultScript.of(yaml).steps())
                        .extracting(FaultStep::name)
                        .contains(name));
    }

    @Test
    void everyScriptOnThePageIsUnderstood() {
        assertThat(FaultsPage.scripts())
                .hasSize(FaultCatalogue.KINDS.size() + 1)
                .allSatisfy(yaml -> assertThat(FaultScript.of(yaml).isEmpty()).isFalse());
    }

    @Test
    void saysEverythingThatIsWrongAtOnceWithItsLine() {
        assertThatThrownBy(() -> FaultScript.of("""
                        faults:
                          - conection: 3
                            reset:
                          - after: 5 seconds
                            close: { code: 70000, reson: oops }
                          - event: 2
                            evnt-delay: 3s
                          - token: 1
                            handshake: 1
                            token-html:
                          - after: 1s
                            reset:
                            drop:
                            times: 0
                          - after: 1s
                            reset:
                            for: 3s
                          - after: 1s
                            stall:
                          - after: 1s
                            times: 2
                            kick: loudly
                          - after: 1s
                          - reset
                          - after: 1s
                            after: 2s
                            reset: now
                          - event: 1
                            chance: 110%
                            event-repeat: { copies: 2, fresh-download-token: maybe }
                          - after: 1s
                            odd-frame: { kind: bom, size: 3 }
                          - token: 1
                            token-status: { status: 429, format: http-date }
                          - handshake: 1
                            handshake-redirect: { status: 301 }
                        more: []
                        """))
                .isInstanceOf(FaultScriptException.class)
                .hasMessage("""
                        the fault script cannot be used:
                          line 2: step has no moment: say after, every, connection, handshake, token or event
                          line 2: unknown fault or key 'conection'; the nearest known one is 'connection'
                          line 4: step: 'after' is a number with ms, s, m, h or d, such as 250ms or 30s, not '5 seconds'
                          line 5: 'close': 'code' is a whole number from 1 to 65535, not '70000'
                          line 5: 'close': unknown key 'reson'; the nearest known one is 'reason'
                          line 7: unknown fault or key 'evnt-delay'; the nearest known one is 'event-delay'
                          line 8: step has several moments: handshake, token; keep one
                          line 13: step: 'drop' is a second fault beside 'reset': give each a step of its own
                          line 14: step: 'times' is a whole number from 1 to 9223372036854775, not '0'
                          line 17: step: 'for' does not go with 'reset': it is done in a moment
                          line 18: step says no 'for': 'stall' needs an end
                          line 21: step: 'times' needs 'every' with 'kick': it is done at once
                          line 22: 'kick': 'style' is one of frame, reason, bare, not 'loudly'
                          line 23: step names no fault
                          line 24: a step holds a moment and a fault, such as { after: 5s, reset: }
                          line 26: step: 'after' is written twice
                          line 27: 'reset' takes no value: leave it empty
                          line 29: step: 'chance' is more than 0% and at most 100%, such as 10% or 0.1, not '110%'
                          line 30: 'event-repeat': 'fresh-download-token' is true or false, not 'maybe'
                          line 32: 'odd-frame': 'size' does not go with bom
                          line 34: 'token-status': 'format' is that of 'retry-after': say that too
                          line 36: 'handshake-redirect' needs 'location'
                          line 37: the script: unknown key 'more'; the nearest known one is 'faults'""".stripIndent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                     | line 1: the script is empty: it must hold a list 'faults'
                    'faults: 3'            | line 1: the script must hold a list 'faults'
                    '[1, 2]'               | line 1: the script must hold keys, not a list
                    'faults: [ {'          | line 1: this is no YAML: expected the node content, but found '<stream end>'
                    'faults: [ 1s: {a: 1}' | line 1: this is no YAML: expected ',' or ']', but got <stream end>
                    """)
    void saysWhatIsNoScriptAtAll(String yaml, String problem) {
        assertThatThrownBy(() -> FaultScript.of(yaml))
                .isInstanceOfSatisfying(FaultScriptException.class, e -> assertThat(e.problems())
                        .startsWith(problem));
    }

    @Test
    void namesTheFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("faults.yaml");
        assertThatThrownBy(() -> FaultScript.parse(file))
                .hasMessage("there is no fault script " + file + ": name an existing file");

        Files.writeString(file, "faults: [ { after: 1s, rest: } ]");
        assertThatThrownBy(() -> FaultScript.parse(file))
                .hasMessage(file + " cannot be used:\n  line 1: unknown fault or key 'rest'; the nearest known one is"
                        + " 'reset'");

        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> FaultScript.parse(file)).hasMessage("the fault script " + file + " is not in UTF-8");

        Files.writeString(file, "faults: [ { after: 1s, reset: } ]");
        assertThat(FaultScript.parse(file)).hasToString("FaultScript[reset (line 1)]");
    }
}
