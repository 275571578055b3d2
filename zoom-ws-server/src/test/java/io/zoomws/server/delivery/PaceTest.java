package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos = 17;

    private Pace pace(String speed) {
        return new Pace(Speed.parse(speed), () -> nanos);
    }

    @Test
    void theFirstEntryIsDueAtOnceAndTheOthersAtTheirDistanceFromIt() {
        Pace pace = pace("1x");

        assertThat(pace.delay(FIRST)).isZero();
        assertThat(pace.delay(FIRST.plusSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        nanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(pace.delay(FIRST.plusSeconds(3))).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.delay(FIRST.plusSeconds(11_523))).isEqualTo(Duration.ofSeconds(11_521));
    }

    @Test
    void aFactorShortensOrLengthensTheDistances() {
        Pace fast = pace("10x");
        Pace slow = pace("0.5x");

        assertThat(fast.delay(FIRST)).isZero();
        assertThat(slow.delay(FIRST)).isZero();
        assertThat(fast.delay(FIRST.plusMillis(50))).isEqualTo(Duration.ofMillis(5));
        assertThat(slow.delay(FIRST.plusMillis(50))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whoIsLateCatchesUp() {
        Pace pace = pace("1x");
        pace.delay(FIRST);

        nanos += TimeUnit.SECONDS.toNanos(10);

        assertThat(pace.delay(FIRST.plusSeconds(9))).isZero();
        assertThat(pace.delay(FIRST.plusSeconds(10))).isZero();
        assertThat(pace.delay(FIRST.plusSeconds(11))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aDelayThatNoLongCanHoldIsTheLongestThereIs() {
        Pace pace = pace("0.000001x");
        pace.delay(FIRST);

        assertThat(pace.delay(FIRST.plus(Duration.ofDays(400)))).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0.0x", "-1", "-1x", "10", "x", "", "fast", "1e3x", "1234567x", "Infinityx"})
    void whatIsNoSpeedIsRefused(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text
                        + "' is no speed: use max, 1x for the original timing, or another factor above 0 such as"
                        + " 10x or 0.5x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max", "1x", "10x", "0.5x", "0.000001x", "999999x"})
    void aSpeedIsWrittenAsItIsRead(String text) {
        assertThat(Speed.parse(text)).hasToString(text);
    }
}
