package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I1 to I4 of the project's invariants, with a parent that is never killed as the oracle. */
class KillTest {

    private static final int KILLS = Integer.getInteger("campaign.kills", 40);

    /** So many kills hit a writer that is still opening. */
    private static final int OPENING_ONE_IN = 5;

    private static final int OPENING_MILLIS = 40;
    private static final int MOST_ENTRIES = 800;

    @TempDir
    Path root;

    private final long seed = Long.getLong("campaign.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Oracle oracle = new Oracle(Long.MAX_VALUE, sequence -> false);
    private long announced;
    private long saved;

    @Test
    void noDurableEntryIsLostWhenTheWriterIsKilled() throws Exception {
        System.out.println("KillTest: " + KILLS + " kills, seed " + seed);
        Path data = root.resolve("data");
        // The next one loads its classes while this one writes.
        JournalChild next = JournalChild.start("write", data);
        try {
            for (int kill = 1; kill <= KILLS; kill++) {
                try (JournalChild child = next) {
                    next = JournalChild.start("write", data);
                    child.tell("");
                    // Not the last one: if all were killed so early, there would be no journal to look at.
                    if (random.nextInt(OPENING_ONE_IN) == 0 && kill < KILLS) {
                        child.killIn(random.nextInt(OPENING_MILLIS));
                    }
                    watch(child, data);
                }
            }
        } finally {
            next.close();
        }

        LastRun lastRun;
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            lastRun = writer.lastRun().orElseThrow();
        }
        verify(data);
        Oracle.check(data, Math.max(announced, oracle.last()));
        System.out.println("KillTest: " + KILLS + " kills, " + announced + " announced, " + oracle.last()
                + " there, 0 violations");
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1)) {
            // No connection was ever proven, and yet one may have come and gone: the gap begins with the journal.
            long began = Times.nanos(Fixtures.read(tailer, 1).get(0).receivedAt());
            assertThat(lastRun).isEqualTo(new LastRun(began, false, false));
        }
    }

    /** Listens until the writer is killed, in the end by us. What was said before may still be in the pipe. */
    private void watch(JournalChild child, Path data) throws Exception {
        long goal = announced + 1 + random.nextInt(MOST_ENTRIES);
        for (String line = child.line(); line != null; line = child.line()) {
            // The last line may be cut short, which makes a smaller number of it, or none.
            String[] words = line.split(" ", 2);
            switch (words.length < 2 ? "" : words[0]) {
                case "epoch" -> verify(data);
                case "durable" -> announced = Math.max(announced, JournalChild.number(words[1]));
                case "cursor" -> saved = Math.max(saved, JournalChild.number(words[1]));
                case "failed" -> throw new AssertionError(line);
                default -> {}
            }
            if (announced >= goal) {
                if (random.nextBoolean()) {
                    verify(data);
                }
                child.kill();
            }
        }
        checkCursor(data);
    }

    /** Reads on, as a reader beside the writer: what it sees must be there for ever. */
    private void verify(Path data) {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            oracle.read(reader);
        }
    }

    private void checkCursor(Path data) {
        try (Cursor cursor = Journals.cursors(data, "main").open("consumer")) {
            assertThat(cursor.position().orElse(0)).isGreaterThanOrEqualTo(saved);
        }
    }
}
