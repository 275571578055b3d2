package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A few runs of a consumer over one journal, each ended by a stop or a crash, the last let to its end; what outcomes there
 * are, who tells them and how late, is chosen by a seed. After each run it is checked what it delivered.
 */
final class Schedule {

    private final Random random;
    private final MemoryJournal journal = new MemoryJournal();
    private final Plan plan;
    private final int events;

    /** Which events a route has seen in an earlier run, whatever became of them. */
    private final boolean[] seen;

    private final boolean[] done;
    private boolean crashed;

    /** Whether each run so far was stopped with nothing left undone. */
    private boolean orderly = true;

    /** How many may come again after an orderly stop. */
    private long left;

    /** Up to where any run has come. */
    private long furthest;

    Schedule(long seed) {
        random = new Random(seed);
        events = random.nextInt(5) == 0 ? 2500 : 1 + random.nextInt(200);
        seen = new boolean[events + 1];
        done = new boolean[events + 1];
        plan = plan(random.nextBoolean() ? 1 : 1 + random.nextInt(20), random.nextInt(3) > 0);
        for (int sequence = 1; sequence <= events; sequence++) {
            if (random.nextInt(50) == 0) {
                journal.control();
                done[sequence] = true;
            } else {
                journal.event("a");
            }
        }
    }

    private static Plan plan(int maxInflight, boolean breakOnFirstError) {
        return new Plan(
                "zoomws:main",
                "zoomws:main (route r)",
                "main",
                Source.REPLAY,
                "c",
                Position.EARLIEST,
                Position.LATEST,
                EventFilter.all(),
                false,
                false,
                maxInflight,
                breakOnFirstError,
                Duration.ofMillis(1),
                LostPosition.STOP,
                false);
    }

    void run() throws InterruptedException {
        for (int more = random.nextInt(4); more > 0; more--) {
            run(1 + random.nextInt(events), random.nextBoolean());
        }
        run(Long.MAX_VALUE, false);
        for (int sequence = 1; sequence <= events; sequence++) {
            assertThat(done[sequence])
                    .as("whether sequence %d of %d was done", sequence, events)
                    .isTrue();
        }
        assertThat(journal.saved("c")).isEqualTo(events + 1L);
    }

    /** Ends after a number of deliveries. */
    private void run(long deliveries, boolean crash) throws InterruptedException {
        ScheduledRun run = new ScheduledRun(plan, journal, events + 1, random, deliveries, crash);
        run.go();
        List<Delivery> firsts = run.firsts();
        long repeats = firsts.stream().filter(first -> seen[index(first)]).count();
        assertThat(repeats)
                .as("repeats after a %s", crashed ? "crash" : "stop")
                .isLessThanOrEqualTo(crashed ? Checkpoint.ENTRIES : left);
        for (Delivery first : firsts) {
            assertThat(first.mayRepeat() || !seen[index(first)])
                    .as("whether the repeat of sequence %d is flagged", index(first))
                    .isTrue();
        }
        if (orderly) {
            assertThat(firsts).as("first deliveries").noneMatch(Delivery::mayRepeat);
        }
        firsts.forEach(first -> seen[index(first)] = true);
        run.done().forEach(sequence -> done[Math.toIntExact(sequence)] = true);
        crashed = crash;
        remember(firsts);
    }

    private void remember(List<Delivery> firsts) {
        Long saved = journal.saved("c");
        long position = saved == null ? 1 : saved;
        for (Delivery first : firsts) {
            furthest = Math.max(furthest, first.entry().sequence());
        }
        left = Math.max(0, furthest + 1 - position);
        orderly &= !crashed && left == 0;
    }

    private static int index(Delivery delivery) {
        return Math.toIntExact(delivery.entry().sequence());
    }
}
