package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Cursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writer, or lets the disk fail, at its N-th system call of a kind: while it opens, appends, forces, rolls or saves
 * its cursor. strace counts for each thread.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS)
class SystemCallTest {

    /** What the journal asks of the kernel that changes something; appending itself is a store into a mapping. */
    private static final List<String> CALLS = List.of("fdatasync", "fsync", "mkdir", "rename", "ftruncate", "write");

    /** For each kind of call; 0: a few at random, of all kinds. */
    private static final int RANGE = Integer.getInteger("campaign.calls", 0);

    private static final int FEW = 4;
    private static final int FEW_RANGE = 8;

    /** If it was not hit by then, it does not make so many calls of that kind. */
    private static final long ENOUGH = 20_000;

    @TempDir
    Path root;

    private final long seed = Long.getLong("campaign.seed", System.nanoTime());
    private int trials;
    private int hits;

    @BeforeEach
    void needsStrace() throws Exception {
        Tools.assume("strace", "-f", "-o", "/dev/null", "true");
    }

    private interface Trial {
        void run(String call, int n) throws Exception;
    }

    private void forEach(String what, List<String> calls, Trial trial) throws Exception {
        System.out.println("SystemCallTest: " + what + ", seed " + seed);
        Random random = new Random(seed);
        if (RANGE == 0) {
            for (int i = 0; i < FEW; i++) {
                trial.run(calls.get(i % calls.size()), 1 + random.nextInt(FEW_RANGE));
            }
        }
        for (String call : calls) {
            for (int n = 1; n <= RANGE; n++) {
                trial.run(call, n);
            }
        }
        System.out.println("SystemCallTest: " + what + ": " + trials + " trials, " + hits + " hit, 0 violations");
        assertThat(hits).as("faults that came about").isPositive();
    }

    @Test
    void aKillAtAnySystemCallLosesNothingThatWasAnnounced() throws Exception {
        forEach("kill", CALLS, (call, n) -> inject(call, call + ":signal=SIGKILL:when=" + n, n));
    }

    @Test
    void anInputOutputErrorOfAnyBarrierLosesNothingThatWasAnnounced() throws Exception {
        forEach("EIO", List.of("fdatasync", "fsync"), (call, n) -> inject(call, call + ":error=EIO:when=" + n, n));
    }

    private void inject(String call, String fault, int n) throws Exception {
        trials++;
        Path data = root.resolve("data" + trials);
        // A first run, so that there is something to recover.
        JournalWriter.open(data, "main").close();
        // Not with --seccomp-bpf, which is faster and delivers no signal.
        List<String> strace =
                List.of("strace", "-f", "-qqq", "-o", "/dev/null", "-e", "trace=" + call, "-e", "inject=" + fault);
        long announced = 3;
        long saved = 0;
        boolean enough = false;
        try (JournalChild child = JournalChild.start(strace, "write cold", data)) {
            child.tell("");
            for (String line = child.line(); line != null; line = child.line()) {
                if (line.startsWith("durable ")) {
                    announced = Math.max(announced, JournalChild.number(line.substring("durable ".length())));
                } else if (line.startsWith("cursor ")) {
                    saved = Math.max(saved, JournalChild.number(line.substring("cursor ".length())));
                }
                if (announced > ENOUGH && !enough) {
                    enough = true;
                    child.kill();
                }
            }
            hits += enough ? 0 : 1;
        }
        try {
            JournalWriter.open(data, "main").close();
            assertThat(Oracle.check(data, announced).last()).isGreaterThan(announced);
            try (Cursor cursor = Journals.cursors(data, "main").open("consumer")) {
                assertThat(cursor.position().orElse(0)).isGreaterThanOrEqualTo(saved);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(fault + ": " + e.getMessage(), e);
        }
        Fixtures.remove(data);
        assertThat(Files.exists(data)).isFalse();
    }
}
