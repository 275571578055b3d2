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
    private final Counts counts = new Counts();
    private final Checkpoint checkpoint =
            new Checkpoint(journal.open("test"), counts, 1, () -> nanos, e -> failures.add(e.getMessage()));

    @Test
    void underLoadOneSaveStandsForManyEntries() {
        for (long next = 2; next <= 2501; next++) {
            counts.handled.incrementAndGet();
            checkpoint.passed(next);
        }

        assertThat(journal.saves()).containsExactly(1001L, 2001L);
    }

    @Test
    void theEntriesOfBatchesAreCountedAndNeverMoreThanAThousandOrOneBatchComeAgain() {
        assertThat(savesOf(5, 500, 500)).containsExactly(1001L, 2001L);
        assertThat(savesOf(3, 700, 700)).containsExactly(701L, 1401L, 2101L);
        assertThat(savesOf(5, 400, 350)).containsExactly(701L, 1401L);
    }

    @Test
    void whatDoesNotConcernTheHandlerIsSavedByAgeOnly() {
        for (long next = 2; next <= 2501; next++) {
            checkpoint.passed(next);
        }
        assertThat(journal.saves()).isEmpty();

        nanos += Checkpoint.AGE.toNanos();
        checkpoint.passed(2502);
        assertThat(journal.saves()).containsExactly(2502L);
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

    /** What is saved when so many batches are delivered to a handler that would take larger ones, perhaps. */
    private static List<Long> savesOf(int batches, int batchSize, int events) {
        MemoryJournal journal = new MemoryJournal();
        Counts counts = new Counts();
        Checkpoint checkpoint = new Checkpoint(journal.open("test"), counts, batchSize, () -> 0, e -> {
            throw e;
        });
        for (int n = 1; n <= batches; n++) {
            counts.handled.addAndGet(events);
            checkpoint.passed(1 + (long) n * events);
        }
        return journal.saves();
    }
}
