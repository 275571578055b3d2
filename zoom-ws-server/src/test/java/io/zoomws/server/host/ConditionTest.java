package io.zoomws.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.server.delivery.Activity;
import io.zoomws.server.delivery.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Activity.Retry RETRY =
            new Activity.Retry(7, Instant.parse("2026-01-01T00:00:00Z"), 3, "acme.Away");

    @Test
    void whatIsInNoLongCallIsAsItSays() {
        assertThat(of(InstanceState.RUNNING, busyFor(29), Optional.empty()))
                .isEqualTo(new Condition("running", Optional.empty()));
        assertThat(of(InstanceState.STARTING, Optional.empty(), Optional.empty()))
                .isEqualTo(new Condition("starting", Optional.empty()));
        assertThat(of(InstanceState.STOPPED, Optional.empty(), Optional.of(RETRY)))
                .isEqualTo(new Condition("stopped", Optional.empty()));
    }

    @Test
    void halfAMinuteInOneCallIsStuck() {
        Condition stuck = new Condition("stuck", Optional.of("in one call for 30 s, at sequence 7, at acme.Handler"));

        assertThat(of(InstanceState.RUNNING, busyFor(30), Optional.empty())).isEqualTo(stuck);
        assertThat(of(InstanceState.STARTING, busyFor(30), Optional.empty())).isEqualTo(stuck);
        assertThat(of(InstanceState.RUNNING, busyFor(30), Optional.of(RETRY))).isEqualTo(stuck);
    }

    @Test
    void anEntryThatIsToBeGivenAgainIsToldWithWhatWasThrown() {
        assertThat(of(InstanceState.RUNNING, Optional.empty(), Optional.of(RETRY)))
                .isEqualTo(new Condition(
                        "retrying", Optional.of("sequence 7 since 2026-01-01T00:00:00Z, attempts 3: acme.Away")));
    }

    @Test
    void whatDoesNotRunSaysWhy() {
        assertThat(of(InstanceState.FAILED, Optional.empty(), Optional.empty()))
                .isEqualTo(new Condition("failed", Optional.of("the disk has gone")));
        assertThat(of(InstanceState.ABANDONED, busyFor(90), Optional.empty()))
                .isEqualTo(new Condition("abandoned", Optional.of("its thread did not end when it was told to")));
    }

    private static Optional<Instant> busyFor(long seconds) {
        return Optional.of(NOW.minusSeconds(seconds));
    }

    private static Condition of(InstanceState state, Optional<Instant> busySince, Optional<Activity.Retry> retry) {
        Activity activity =
                new Activity(busySince, OptionalLong.of(7), retry, Optional.of("the disk has gone"), 0, Duration.ZERO);
        return Condition.of(state, activity, NOW, () -> Optional.of("at acme.Handler"));
    }
}
