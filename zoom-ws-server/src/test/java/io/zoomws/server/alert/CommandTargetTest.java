package io.zoomws.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CommandTargetTest {

    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");
    private static final Alert ALERT = Alert.of(
            new Finding.About(AlertKind.PARKED, "parked", "main", Optional.of("mine")),
            Alert.State.RAISED,
            AT,
            AT.plusSeconds(2),
            "2 entries; $(touch x) \"quoted\"");

    @TempDir
    private Path directory;

    @Test
    void theFactsAreOnStandardInputAndInVariables() throws Exception {
        Path out = directory.resolve("out");

        shell("cat > '" + out + "'; env | grep ^ZOOM | sort >> '" + out + "'; echo noise", Duration.ofSeconds(10))
                .tell(ALERT);

        assertThat(Files.readString(out)).isEqualTo("""
                        {"alert":"parked","condition":"parked","state":"raised","subscription":"main","plugin":"mine",\
                        "since":"2026-11-25T12:00:00.000000000Z","at":"2026-11-25T12:00:02.000000000Z",\
                        "text":"2 entries; $(touch x) \\"quoted\\""}
                        ZOOMWS_ALERT=parked
                        ZOOMWS_ALERT_AT=2026-11-25T12:00:02.000000000Z
                        ZOOMWS_ALERT_CONDITION=parked
                        ZOOMWS_ALERT_PLUGIN=mine
                        ZOOMWS_ALERT_SINCE=2026-11-25T12:00:00.000000000Z
                        ZOOMWS_ALERT_STATE=raised
                        ZOOMWS_ALERT_SUBSCRIPTION=main
                        ZOOMWS_ALERT_TEXT=2 entries; $(touch x) "quoted"
                        """);
    }

    @Test
    void oneThatReadsNothingIsAllRight() throws Exception {
        new CommandTarget(List.of("true"), Duration.ofSeconds(10)).tell(ALERT);
    }

    @Test
    void oneThatHangsIsKilledWithWhatItHasStarted() throws Exception {
        Path pid = directory.resolve("pid");

        assertThatThrownBy(() -> shell("sleep 600 & echo $! > '" + pid + "'; wait", Duration.ofMillis(500))
                        .tell(ALERT))
                .isInstanceOf(AlertException.class)
                .hasMessage("the command of zoomws.alert.command did not end within 0.5 s and was killed");

        Optional<ProcessHandle> child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        if (child.isPresent()) {
            child.get().onExit().get(); // it may not have been buried yet
        }
    }

    @Test
    void aStatusOtherThanNoneIsAFailureOfWhichOnlyTheStatusIsTold() {
        assertThatThrownBy(() ->
                        shell("echo secret >&2; exit 7", Duration.ofSeconds(10)).tell(ALERT))
                .hasMessage("the command of zoomws.alert.command ended with status 7");
    }

    @Test
    void aProgramThatIsNotThereIsToldWithoutItsArguments() {
        assertThatThrownBy(() ->
                        new CommandTarget(List.of("/no/such/program", "secret"), Duration.ofSeconds(1)).tell(ALERT))
                .hasMessage("the command of zoomws.alert.command cannot be started: is its program there, and may it be"
                        + " executed?")
                .hasNoCause();
    }

    private static CommandTarget shell(String script, Duration timeLimit) {
        return new CommandTarget(List.of("sh", "-c", script), timeLimit);
    }
}
