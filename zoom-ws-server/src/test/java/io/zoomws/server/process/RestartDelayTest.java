package io.zoomws.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RestartDelayTest {

    private static final RandomGenerator LEAST = () -> 0;

    /** Draws the largest number that it may. */
    private static final RandomGenerator MOST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void theUpperEndDoublesUpToAMinute() {
        RestartDelay delay = new RestartDelay(MOST);
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            seconds.add(delay.after(Duration.ofSeconds(2)).toSeconds());
        }

        assertThat(seconds).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void noDelayIsShorterThanASecond() {
        RestartDelay delay = new RestartDelay(LEAST);

        assertThat(delay.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(delay.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aProcessThatRanForAMinuteBeginsAnew() {
        RestartDelay delay = new RestartDelay(MOST);
        for (int i = 0; i < 100; i++) {
            delay.after(Duration.ofSeconds(59));
        }

        assertThat(delay.after(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(60));
        assertThat(delay.after(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(2));
        assertThat(delay.after(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(4));
    }
}
