package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.JournalReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reserve of free space: told before it is touched, and gone on by itself. */
class ReserveTest {

    private static final long NOW = Fixtures.START_NANOS;
    private static final long MIB = 1 << 20;

    @TempDir
    Path data;

    private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
    private final Told told = new Told();

    private JournalWriter open() {
        JournalWriter writer = JournalWriter.open(
                data,
                "main",
                Clock.systemUTC(),
                JournalSettings.DEFAULT.withHighWater((int) MIB).withReserve(100 * MIB),
                Barrier.FORCE,
                path -> usable.get());
        writer.onStorage(told);
        return writer;
    }

    @Test
    void isToldBeforeItIsTouchedAndWhenThereIsRoomAgain() throws Exception {
        usable.set(104 * MIB);
        try (JournalWriter writer = open()) {
            Fixtures.appendText(writer, 1, NOW, "{}");
            assertThat(told.isEmpty()).isTrue();
            usable.set(104 * MIB - 1);
            assertThat(told.next())
                    .isEqualTo("disk: 103 MiB are free in " + data.resolve("main/journal")
                            + ", and the reserve is 100 MiB (zoomws.journal.reserve): make room");
            assertThat(writer.status().state()).isEqualTo(JournalStatus.State.STALLED);
            assertThat(Fixtures.appendText(writer, 1, NOW, "{}"))
                    .as("what is on its way is taken")
                    .isTrue();
            long sequence = writer.status().appendedSequence();
            while (writer.status().durableSequence() < sequence) {
                Thread.onSpinWait();
            }
            assertThat(told.isEmpty()).isTrue();

            usable.set(108 * MIB);

            assertThat(told.next()).isEqualTo("resumed");
            assertThat(writer.status().state()).isEqualTo(JournalStatus.State.RUNNING);
            assertThat(writer.status().failure()).isEmpty();
        }
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader)).hasSize(4);
        }
    }

    @Test
    void isATwentiethOfASmallFileSystemUnlessItIsSet() {
        Trouble trouble = new Trouble(data);
        AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        long share = data.toFile().getTotalSpace() / 20;
        SpaceGuard guard =
                new SpaceGuard(data, path -> free.get(), trouble, JournalSettings.USUAL_RESERVE, Long.MAX_VALUE);
        free.set(Math.min(1L << 30, share) + share);
        guard.look(0);
        assertThat(trouble.why()).isEmpty();

        free.decrementAndGet();
        guard.look(0);
        assertThat(trouble.why()).hasValueSatisfying(why -> assertThat(why).startsWith("disk: "));
    }

    @Test
    void isLookedAtWhenTheJournalOpens() throws Exception {
        usable.set(0);
        try (JournalWriter writer = open()) {
            assertThat(told.next()).startsWith("disk: 0 MiB are free in ");
            assertThat(writer.status().state()).isEqualTo(JournalStatus.State.STALLED);
        }
    }
}
