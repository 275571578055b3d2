package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I1 to I4 of the project's invariants, with a parent that is never killed as the oracle. */
class KillTest {

    private static final int KILLS = Integer.getInteger("zoomws.kills", 10);

    @TempDir
    Path data;

    @Test
    void noDurableEntryIsLostWhenTheWriterIsKilled() throws Exception {
        long seed = Long.getLong("zoomws.seed", System.nanoTime());
        System.out.println("KillTest: " + KILLS + " kills, seed " + seed);
        Random random = new Random(seed);
        long announced = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            try (JournalChild child = JournalChild.start("write", data)) {
                assertThat(child.line()).as("epoch").isEqualTo(Integer.toString(kill));
                // What was said before the kill may still be in the pipe: read it to its end.
                long goal = announced + 1 + random.nextInt(2000);
                for (String line = child.line(); line != null; line = child.line()) {
                    // The last line may be cut short, which makes a smaller number of it.
                    announced = Math.max(announced, Long.parseLong(line));
                    if (announced >= goal) {
                        child.kill();
                    }
                }
            }
        }

        LastRun lastRun;
        try (JournalWriter writer = JournalWriter.open(data, "main")) {
            lastRun = writer.lastRun().orElseThrow();
        }

        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            check(entries, announced);
            // No connection was ever proven, and yet one may have come and gone: the gap begins with the journal.
            assertThat(lastRun).isEqualTo(new LastRun(Times.nanos(entries.get(0).receivedAt()), false));
        }
    }

    private static void check(List<Entry> entries, long announced) {
        assertThat(entries.size()).isGreaterThan((int) announced);
        long sequence = 0;
        int opened = 0;
        for (Entry entry : entries) {
            sequence++;
            assertThat(entry.sequence()).isEqualTo(sequence);
            switch (entry.kind()) {
                case EVENT -> {
                    if (!Fixtures.text(entry).equals(JournalChild.frameAt(sequence))) {
                        throw new AssertionError("sequence " + sequence + " is not what was written there");
                    }
                    assertThat(((ZoomEvent) entry).duplicateOf()).isEmpty();
                }
                case OPENED -> {
                    opened++;
                    assertThat(Fixtures.text(entry)).startsWith("{\"epoch\":" + opened + ",");
                }
                default -> assertThat(entry.kind()).isEqualTo(EntryKind.CLOSED);
            }
        }
        assertThat(opened).isEqualTo(KILLS + 1);
    }
}
