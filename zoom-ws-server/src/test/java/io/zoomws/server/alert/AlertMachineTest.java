package io.zoomws.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.server.alert.Alert.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertMachineTest {

    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration REPEAT = Duration.ofHours(1);
    private static final Finding FULL = Finding.of(AlertKind.DISK, "disk_near", "main", "full");
    private static final Finding RIVAL = Finding.of(AlertKind.RIVAL, "rival", "main", "a rival");

    private final AlertMachine machine = new AlertMachine();

    @Test
    void whatGoesOnIsToldOnceAnInterval() {
        assertThat(at(0, FULL)).containsExactly(alert(FULL, State.RAISED, 0, 0, "full"));
        assertThat(at(2, FULL)).isEmpty();
        assertThat(at(3599, FULL)).isEmpty();
        assertThat(at(3600, FULL)).containsExactly(alert(FULL, State.STILL, 0, 3600, "full"));
        assertThat(at(7199, FULL)).isEmpty();
    }

    @Test
    void itIsOverOnlyAfterAMinuteWithoutIt() {
        at(0, FULL);
        at(10, FULL);

        assertThat(at(69)).isEmpty();
        assertThat(at(70)).containsExactly(alert(FULL, State.CLEARED, 0, 70, "over; it was: full"));
        assertThat(at(72)).isEmpty();
    }

    @Test
    void whatComesAndGoesIsNotToldEachTime() {
        at(0, FULL);
        at(60);

        assertThat(at(120, FULL)).isEmpty();
        assertThat(at(200)).as("nor is its end, since its beginning was not").isEmpty();
        assertThat(at(3500, FULL)).isEmpty();
        assertThat(at(3600, FULL))
                .as("until it is news again")
                .containsExactly(alert(FULL, State.RAISED, 3500, 3600, "full"));
    }

    @Test
    void eachTroubleIsOnItsOwn() {
        at(0, FULL);

        assertThat(at(30, FULL, RIVAL)).containsExactly(alert(RIVAL, State.RAISED, 30, 30, "a rival"));
        assertThat(at(90, RIVAL)).containsExactly(alert(FULL, State.CLEARED, 0, 90, "over; it was: full"));
    }

    @Test
    void itsTextMayChangeWhileItGoesOn() {
        at(0, FULL);
        at(2, Finding.of(AlertKind.DISK, "disk_near", "main", "fuller"));

        assertThat(at(62)).containsExactly(alert(FULL, State.CLEARED, 0, 62, "over; it was: fuller"));
    }

    @Test
    void aClockThatIsSetBackKeepsNothingSilent() {
        at(0, FULL);

        assertThat(at(-86_400, FULL)).extracting(Alert::state).contains(State.STILL);
    }

    private List<Alert> at(long second, Finding... findings) {
        return machine.step(List.of(findings), REPEAT, START.plusSeconds(second));
    }

    private static Alert alert(Finding finding, State state, long since, long at, String text) {
        return Alert.of(finding.about(), state, START.plusSeconds(since), START.plusSeconds(at), text);
    }
}
