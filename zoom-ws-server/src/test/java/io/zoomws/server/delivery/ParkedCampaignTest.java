package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Failures, redrives, discards, full queues, stops and crashes in random order: whatever happens, each event is handled, parked or
 * discarded in the end (I5), and none is handled before an earlier one of its key.
 */
class ParkedCampaignTest {

    private static final int ROUNDS = 25;

    @TempDir
    private Path folder;

    private final TreeSet<Long> handled = new TreeSet<>();
    private final TreeSet<Long> discarded = new TreeSet<>();
    private LoopRun loop = new LoopRun(Path.of(""));
    private Random random = new Random();
    private final List<String> types = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private double failures = 0.4;
    private int batchSize;
    private int round;

    private final BatchHandler handler = new BatchHandler() {
        @Override
        public void handle(List<ZoomEvent> events, Delivery delivery) throws Exception {
            if (random.nextDouble() < 0.1 * failures) {
                throw new RetryLater("away");
            }
            // The same at each attempt of a round, or hardly any event would fail often enough to be parked.
            if (events.stream().anyMatch(event -> (event.sequence() * 7 + round * 5) % 10 < 10 * failures)) {
                throw new StackOverflowError();
            }
            for (ZoomEvent event : events) {
                look(event);
                handled.add(event.sequence());
            }
        }

        @Override
        public int batchSize() {
            return batchSize;
        }

        @Override
        public Optional<String> key(ZoomEvent event) {
            return event.type().equals("x") ? Optional.empty() : Optional.of(event.type());
        }
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 0})
    void whatIsJournaledIsHandledParkedOrDiscardedAndNoEventOvertakesOneOfItsKey(long fixed) {
        long seed = fixed == 0 ? System.nanoTime() : fixed;
        random = new Random(seed);
        loop = new LoopRun(folder.resolve("parked"));
        loop.capacity = 8;
        loop.onPause = this::meddle;
        batchSize = seed % 2 == 0 ? 4 : 1;
        try {
            for (round = 0; round < ROUNDS; round++) {
                random.ints(random.nextInt(6), 0, 4).forEach(kind -> event("xabc".substring(kind, kind + 1)));
                loop.run(handler);
                assertNothingIsLost();
                // As a crash leaves it: what was passed since the position was saved comes again.
                loop.position = random.nextInt(4) == 0 ? loop.saved : loop.position;
                meddle();
            }
            failures = 0;
            for (round = 0; loop.store.size() > 0 || loop.position <= types.size(); round++) {
                assertThat(round).as("comes to an end").isLessThan(100);
                loop.store.sequences().forEach(loop.store::redrive);
                event("x");
                loop.run(handler);
            }
            assertNothingIsLost();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** What operators do, at any moment; says whether the instance is stopped. */
    private boolean meddle() {
        for (long sequence : loop.store.sequences()) {
            int choice = random.nextInt(20);
            if (choice == 0) {
                loop.store.discard(sequence);
                discarded.add(sequence);
            } else if (choice < 6) {
                loop.store.redrive(sequence);
            }
        }
        return random.nextInt(12) == 0;
    }

    private void assertNothingIsLost() {
        TreeSet<Long> known = new TreeSet<>(handled);
        known.addAll(discarded);
        List<Long> parked =
                loop.store.entries().stream().map(ParkedEntry::sequence).toList();
        assertThat(problems).isEmpty();
        assertThat(parked).doesNotHaveDuplicates();
        known.addAll(parked);
        for (long sequence = 1; sequence < loop.position; sequence++) {
            assertThat(known).contains(sequence);
        }
    }

    private void event(String type) {
        types.add(type);
        loop.journal.event(type);
    }

    /** Called by the handler, which must not throw what it finds: that would be one more failure. */
    private void look(ZoomEvent event) {
        if (discarded.contains(event.sequence())) {
            problems.add(event.sequence() + " is delivered although it was discarded");
        }
        for (long earlier = 1; earlier < event.sequence(); earlier++) {
            boolean ofKey =
                    !event.type().equals("x") && types.get((int) earlier - 1).equals(event.type());
            if (ofKey && !handled.contains(earlier) && !discarded.contains(earlier)) {
                problems.add(event.sequence() + " has overtaken " + earlier + " of its key");
            }
        }
    }
}
