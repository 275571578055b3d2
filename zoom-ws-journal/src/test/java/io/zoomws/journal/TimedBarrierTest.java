package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.journal.JournalStatus.Barriers.AtMost;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimedBarrierTest {

    @Test
    void eachBoundCountsWhatDidNotTakeLonger() {
        TimedBarrier barrier = new TimedBarrier(channel -> {});

        barrier.took(100_000);
        barrier.took(100_001);
        barrier.took(Duration.ofSeconds(11).toNanos());

        JournalStatus.Barriers now = barrier.now();
        assertThat(now.count()).isEqualTo(3);
        assertThat(now.total()).isEqualTo(Duration.ofSeconds(11).plusNanos(200_001));
        assertThat(now.atMost()).hasSize(16);
        assertThat(now.atMost().get(0)).isEqualTo(new AtMost(Duration.ofNanos(100_000), 1));
        assertThat(now.atMost().get(1)).isEqualTo(new AtMost(Duration.ofNanos(250_000), 2));
        assertThat(now.atMost().get(15)).isEqualTo(new AtMost(Duration.ofSeconds(10), 2));
    }

    @Test
    void oneThatFailsIsNotCounted() {
        TimedBarrier barrier = new TimedBarrier(channel -> {
            throw new IOException("the disk is gone");
        });

        assertThatThrownBy(() -> barrier.force(null)).hasMessage("the disk is gone");

        assertThat(barrier.now().count()).isZero();
        assertThat(barrier.now().total()).isZero();
    }
}
