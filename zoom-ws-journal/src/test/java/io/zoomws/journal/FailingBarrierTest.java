package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailingBarrierTest {

    private static final long NOW = Fixtures.START_NANOS;

    @TempDir
    Path data;

    private JournalWriter open(Barrier barrier) {
        return JournalWriter.open(data, "main", Clock.systemUTC(), JournalSettings.DEFAULT, barrier);
    }

    /** Counts barriers, lets some fail, and remembers the files that one has failed on. */
    private static final class Faulty implements Barrier {
        private final IntPredicate fails;
        private final AtomicInteger calls = new AtomicInteger();
        private final Set<FileChannel> failed = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<FileChannel> forcedAgain = Collections.newSetFromMap(new IdentityHashMap<>());

        private Faulty(IntPredicate fails) {
            this.fails = fails;
        }

        @Override
        public void force(FileChannel channel) throws IOException {
            if (failed.contains(channel)) {
                forcedAgain.add(channel);
            }
            if (fails.test(calls.incrementAndGet())) {
                failed.add(channel);
                throw new IOException("Input/output error");
            }
            Barrier.FORCE.force(channel);
        }
    }

    /** One at a time, so that each entry has a barrier of its own. */
    private static void appendDurably(JournalWriter writer, int number) {
        Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("a", number)));
        long sequence = writer.status().appendedSequence();
        while (writer.status().durableSequence() < sequence) {
            Thread.onSpinWait();
        }
    }

    private List<String> events() {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            for (int i = 0; i < entries.size(); i++) {
                assertThat(entries.get(i).sequence()).isEqualTo(i + 1);
            }
            return entries.stream()
                    .filter(entry -> entry.kind() == EntryKind.EVENT)
                    .map(Fixtures::text)
                    .toList();
        }
    }

    private static List<String> frames(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Fixtures.frame(Fixtures.event("a", number)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anyOfTheFirstFiftyBarriersMayFailAndNothingIsLostAndNoFileForcedAgain(int inARow) throws Exception {
        for (int failing = 2; failing <= (inARow == 1 ? 50 : 4); failing++) {
            int first = failing;
            Faulty barrier = new Faulty(call -> call >= first && call < first + inARow);
            try (JournalWriter writer = open(barrier)) {
                for (int number = 0; number < 50; number++) {
                    appendDurably(writer, number);
                }
                assertThat(writer.status().state()).isEqualTo(JournalStatus.State.RUNNING);
                assertThat(writer.status().failure()).isEmpty();
            }
            assertThat(barrier.failed).as("barrier %d", failing).hasSize(inARow);
            assertThat(barrier.forcedAgain).isEmpty();
            assertThat(events()).isEqualTo(frames(50));
            try (JournalReader reader = Journals.openReader(data, "main")) {
                assertThat(Fixtures.readAll(reader).stream()
                                .filter(entry -> entry.kind() == EntryKind.CONTROL)
                                .map(Fixtures::text))
                        .singleElement()
                        .asString()
                        .startsWith("{\"note\":\"storing failed\",\"from\":\"");
            }
            removeJournal();
        }
    }

    private void removeJournal() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("main"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aDiskThatKeepsFailingIsToldOfAndTriedUntilItIsWell() throws Exception {
        AtomicBoolean well = new AtomicBoolean(true);
        Told told = new Told();
        try (JournalWriter writer = open(new Faulty(call -> !well.get()))) {
            writer.onStorage(told);
            appendDurably(writer, 0);
            well.set(false);
            Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("a", 1)));

            assertThat(told.next()).isEqualTo("disk: Input/output error");
            assertThat(writer.status().state()).isEqualTo(JournalStatus.State.STALLED);
            assertThat(writer.status().failure()).contains("disk: Input/output error");
            assertThat(writer.status().durableSequence()).isEqualTo(2);
            Told late = new Told();
            writer.onStorage(late);
            assertThat(late.next()).isEqualTo("disk: Input/output error");
            Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("a", 2)));
            well.set(true);

            assertThat(told.next()).isEqualTo("resumed");
            appendDurably(writer, 3);
            assertThat(writer.status().state()).isEqualTo(JournalStatus.State.RUNNING);
        }
        assertThat(events()).isEqualTo(frames(4));
        assertThat(Segment.list(data.resolve("main/journal")))
                .as("what failed without an announced entry leaves nothing behind")
                .hasSize(2);
    }

    @Test
    void closedWhileTheDiskFailsItEndsAndSaysSo() throws Exception {
        AtomicBoolean well = new AtomicBoolean(true);
        Told told = new Told();
        JournalWriter writer = open(new Faulty(call -> !well.get()));
        writer.onStorage(told);
        well.set(false);
        Fixtures.appendText(writer, 1, NOW, Fixtures.frame(Fixtures.event("a", 0)));
        told.next();

        writer.close();

        assertThat(writer.status().state()).isEqualTo(JournalStatus.State.FAILED);
        assertThat(writer.status().failure())
                .contains("The journal " + data.resolve("main/journal")
                        + " failed and takes no more: Input/output error. Mend the disk, then start again;"
                        + " nothing acknowledged is lost.");
        assertThat(writer.status().visibleSequence()).isEqualTo(1);
    }

    @Test
    void aJournalThatCannotWriteItsFirstEntryDoesNotOpen() {
        assertThatThrownBy(() -> open(channel -> {
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(JournalException.class)
                .hasMessage("The journal " + data.resolve("main/journal")
                        + " failed and takes no more: No space left on device. Mend the disk, then start again;"
                        + " nothing acknowledged is lost.");
        open(Barrier.FORCE).close();
    }

    @Test
    void aSlowDiskAsksToStopAndSaysWhenToGoOn() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CompletableFuture<Void> go = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        Barrier barrier = channel -> {
            if (calls.incrementAndGet() == 2) {
                stalled.countDown();
                go.join();
            }
            Barrier.FORCE.force(channel);
        };
        JournalSettings small = new JournalSettings(10_000, 1 << 20, 1000, Duration.ofHours(1));
        try (JournalWriter writer = JournalWriter.open(data, "main", Clock.systemUTC(), small, barrier);
                AutoCloseable released = () -> go.complete(null)) {
            assertThat(released).isNotNull();
            CountDownLatch drained = new CountDownLatch(1);
            writer.onDrained(drained::countDown);
            assertThat(Fixtures.appendText(writer, 1, NOW, "{}")).isTrue();
            stalled.await();
            int taken = 0;
            while (writer.append(StoredKind.BINARY_FRAME, 1, NOW, 0, ByteBuffer.allocate(1000))) {
                taken++;
            }
            assertThat(taken).isBetween(5, 10);
            assertThat(writer.status().durableSequence()).isEqualTo(1);
            assertThat(drained.getCount()).isEqualTo(1);

            go.complete(null);

            assertThat(drained.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Fixtures.appendText(writer, 1, NOW, "{}")).isTrue();
        }
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader)).hasSizeBetween(10, 15);
        }
    }

    @Test
    void theLockIsLetGoOnlyWhenTheThreadsHaveEnded() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CountDownLatch stalled = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Barrier barrier = channel -> {
            if (calls.incrementAndGet() == 2) {
                stalled.countDown();
                go.join();
            }
            Barrier.FORCE.force(channel);
        };
        AtomicBoolean broken = new AtomicBoolean();
        InstantSource clock = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no clock");
            }
            return Times.instant(NOW);
        };
        JournalWriter writer = JournalWriter.open(data, "main", clock, JournalSettings.DEFAULT, barrier);
        Fixtures.appendText(writer, 1, NOW, "{}");
        stalled.await();
        broken.set(true);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(writer::close);

        assertThatThrownBy(() -> open(Barrier.FORCE))
                .as("the writer thread is still in its barrier")
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(" is in use by ");
        go.complete(null);

        assertThatThrownBy(closing::join).hasRootCauseMessage("no clock");
        open(Barrier.FORCE).close();
        try (JournalReader reader = Journals.openReader(data, "main")) {
            assertThat(Fixtures.readAll(reader)).hasSize(4);
        }
    }

    @Test
    void anIntakeThatIsFullStillTakesTheLastWord() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        AtomicBoolean stall = new AtomicBoolean();
        Barrier barrier = channel -> {
            if (stall.get()) {
                go.join();
            }
            Barrier.FORCE.force(channel);
        };
        JournalWriter writer = open(barrier);
        stall.set(true);
        ByteBuffer large = ByteBuffer.allocate(16 << 20);
        assertThatThrownBy(() -> {
                    while (true) {
                        writer.append(StoredKind.BINARY_FRAME, 1, NOW, 0, large);
                    }
                })
                .hasMessageContaining(" bytes waiting for the disk and takes no more");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(writer::close);
        while (writer.status().state() == JournalStatus.State.RUNNING) {
            Thread.onSpinWait();
        }
        go.complete(null);
        closing.join();

        try (JournalReader reader = Journals.openReader(data, "main")) {
            List<Entry> entries = Fixtures.readAll(reader);
            assertThat(entries.get(entries.size() - 1).kind()).isEqualTo(EntryKind.CLOSED);
        }
    }
}
