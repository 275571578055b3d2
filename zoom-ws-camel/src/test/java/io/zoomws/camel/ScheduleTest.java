package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random schedules against a model; one that fails is repeated with {@code -Dcampaign.schedule.seed} and one schedule. */
class ScheduleTest {

    private static final int SCHEDULES = Integer.getInteger("campaign.schedules", 300);

    @Test
    void nothingIsLostAndRepeatsAreBoundedAndFlaggedWhateverHappensInWhateverOrder() throws Exception {
        long first = Long.getLong("campaign.schedule.seed", new Random().nextLong());
        for (int i = 0; i < SCHEDULES; i++) {
            long seed = first + i;
            try {
                new Schedule(seed).run();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void anOrderlyStopAmongRepeatsDoesNotMakeTheRestOfThemLookNew() {
        Repeats repeats = Repeats.fromPosition();
        for (int sequence = 1; sequence < Checkpoint.ENTRIES; sequence++) {
            assertThat(repeats.mayRepeat(sequence)).isTrue();
        }
        assertThat(repeats.isOver(Checkpoint.ENTRIES)).isFalse();
        assertThat(repeats.mayRepeat(Checkpoint.ENTRIES)).isTrue();
        assertThat(repeats.isOver(Checkpoint.ENTRIES + 1)).isTrue();
        assertThat(repeats.mayRepeat(Checkpoint.ENTRIES + 1)).isFalse();
    }
}
