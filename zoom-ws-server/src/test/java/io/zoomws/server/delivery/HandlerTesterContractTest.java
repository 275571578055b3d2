package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import io.zoomws.testkit.HandlerTester;
import io.zoomws.testkit.TestEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plugin authors test with calls a handler as this host does: same events, same batches, same attempts, same end. */
class HandlerTesterContractTest {

    private static final int EVENTS = 12;
    private static final int SCRIPTS = 200;

    @TempDir
    private Path folder;

    /** Does to each event what a script says, and writes down how it was called. */
    private static final class Scripted implements BatchHandler {

        private final List<Integer> fates;
        private final int batchSize;
        private final List<String> calls = new ArrayList<>();

        Scripted(List<Integer> fates, int batchSize) {
            this.fates = fates;
            this.batchSize = batchSize;
        }

        @Override
        public void handle(List<ZoomEvent> events, Delivery delivery) throws Exception {
            List<Long> sequences = events.stream().map(ZoomEvent::sequence).toList();
            calls.add(sequences + " attempt " + delivery.attempt() + (delivery.replay() ? " replay" : ""));
            for (long sequence : sequences) {
                int fate = fates.get((int) sequence - 1);
                if (fate == 1 || (fate == 2 && delivery.attempt() < 3)) {
                    throw new StackOverflowError();
                }
                if (fate == 3 && delivery.attempt() == 1) {
                    throw new RetryLater("away");
                }
            }
        }

        @Override
        public int batchSize() {
            return batchSize;
        }

        @Override
        public Optional<String> key(ZoomEvent event) {
            return event.type().equals("free") ? Optional.empty() : Optional.of(event.type());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void bothCallAHandlerInTheSameWay(int batchSize) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int n = 0; n < SCRIPTS; n++) {
            List<Integer> fates = random.ints(EVENTS, 0, 7).boxed().toList();
            List<String> types = IntStream.range(0, EVENTS)
                    .mapToObj(i -> List.of("free", "a", "b").get(random.nextInt(3)))
                    .toList();
            Scripted byHost = new Scripted(fates, batchSize);
            Scripted byTester = new Scripted(fates, batchSize);

            LoopRun host = new LoopRun(folder.resolve("parked-" + n));
            types.forEach(host.journal::event);
            host.run(byHost);
            HandlerTester tester = HandlerTester.of(byTester);
            tester.deliver(types.stream()
                    .map(type -> TestEvent.of("{\"event\":\"" + type + "\"}"))
                    .toList());
            while (tester.isPostponed()) {
                tester.retry();
            }

            assertThat(byTester.calls).as("seed %d, script %d", seed, n).isEqualTo(byHost.calls);
            assertThat(tester.parked())
                    .as("seed %d, script %d", seed, n)
                    .extracting(ParkedEntry::sequence, ParkedEntry::attempts, ParkedEntry::key)
                    .isEqualTo(host.store.entries().stream()
                            .map(entry -> tuple(entry.sequence(), entry.attempts(), entry.key()))
                            .toList());
        }
    }

    @Test
    void bothRedriveInTheSameWay() {
        List<Integer> fates = List.of(1, 0, 2, 0, 0);
        List<String> types = List.of("a", "a", "b", "a");
        Scripted byHost = new Scripted(fates, 1);
        Scripted byTester = new Scripted(fates, 1);

        LoopRun host = new LoopRun(folder.resolve("parked"));
        types.forEach(host.journal::event);
        host.run(byHost);
        host.store.redrive(1);
        host.journal.event("free");
        host.run(byHost);
        HandlerTester tester = HandlerTester.of(byTester);
        tester.deliver(types.stream()
                .map(type -> TestEvent.of("{\"event\":\"" + type + "\"}"))
                .toList());
        tester.redrive(1).deliver(TestEvent.of("{\"event\":\"free\"}"));

        assertThat(byTester.calls).isEqualTo(byHost.calls);
        assertThat(byHost.calls).contains("[1] attempt 8");
        assertThat(tester.parked()).extracting(ParkedEntry::sequence).containsExactly(1L, 2L, 4L);
    }
}
