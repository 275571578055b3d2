package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void anotherUpperEndLeavesNothingLonger() {
        BackOff shorter = BackOff.DEFAULT.withMost(Duration.ofSeconds(1));
        assertThat(shorter.most()).isEqualTo(Duration.ofSeconds(1));
        assertThat(shorter.refused()).isEqualTo(Duration.ofSeconds(1));
        assertThat(shorter.wrong()).isEqualTo(Duration.ofSeconds(1));
        assertThat(shorter.first()).isEqualTo(BackOff.DEFAULT.first());
        assertThat(shorter.kickedLimit()).isEqualTo(BackOff.DEFAULT.kickedLimit());
        assertThat(BackOff.DEFAULT.withMost(Duration.ofMinutes(5)).wrong()).isEqualTo(BackOff.DEFAULT.wrong());
    }
}
