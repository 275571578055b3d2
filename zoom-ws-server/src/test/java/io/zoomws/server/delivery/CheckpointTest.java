package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private final MemoryJournal journal = new MemoryJournal();
    private final List<String> failures = new ArrayList<>();
    private long nanos;
    private final Checkpoint checkpoint =
            new Checkpoint(journal.open("test"), () -> nanos, e -> failures.add(e.getMessage()));

    @Test
    void underLoadOneSaveStandsForManyEntries() {
        for (long next = 2; next <= 2501; next++) {
            checkpoint.passed(next);
        }

        assertThat(journal.saves()).containsExactly(1001L, 2001L);
    }

    @Test
    void anIdleMomentSavesWhatIsUnsavedOnce() {
        checkpoint.passed(2);
        checkpoint.passed(3);
        checkpoint.idle();
        checkpoint.idle();

        assertThat(journal.saves()).containsExactly(3L);
    }

    @Test
    void aSlowStreamIsSavedByAge() {
        checkpoint.passed(2);
        nanos += Checkpoint.AGE.toNanos();
        checkpoint.passed(3);

        assertThat(journal.saves()).containsExactly(3L);
    }

    @Test
    void aFailedSaveIsToldOnceAndMadeUpForLater() {
        journal.makeReadOnly(true);
        checkpoint.passed(2);
        checkpoint.idle();
        nanos += Duration.ofSeconds(1).toNanos();
        checkpoint.passed(3);
        journal.makeReadOnly(false);
        checkpoint.idle();

        assertThat(failures).containsExactly("the disk is full");
        assertThat(journal.saves()).containsExactly(3L);
    }
}
