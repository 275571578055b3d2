package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchDeliveryTest {

    @TempDir
    private Path folder;

    private final List<String> calls = new ArrayList<>();
    private final Set<Long> failing = new HashSet<>();
    private LoopRun loop = new LoopRun(Path.of(""));
    private int size = 3;
    private int away;
    private boolean interrupted;

    private final BatchHandler handler = new BatchHandler() {
        @Override
        public void handle(List<ZoomEvent> events, Delivery delivery) throws Exception {
            calls.add(events.stream()
                            .map(event -> Long.toString(event.sequence()))
                            .collect(Collectors.joining(",")) + " attempt " + delivery.attempt());
            if (interrupted) {
                loop.gate.interrupt();
                throw new InterruptedException();
            }
            if (away-- > 0) {
                throw new RetryLater("away");
            }
            if (events.stream().anyMatch(event -> failing.contains(event.sequence()))) {
                throw new OutOfMemoryError();
            }
        }

        @Override
        public void gap(Gap gap, Delivery delivery) {
            calls.add("gap " + gap.sequence());
        }

        @Override
        public int batchSize() {
            return size;
        }

        @Override
        public Optional<String> key(ZoomEvent event) {
            return event.type().startsWith("x") ? Optional.empty() : Optional.of(event.type());
        }
    };

    @BeforeEach
    void newLoop() {
        loop = new LoopRun(folder.resolve("parked"));
    }

    @Test
    void aBatchIsWhatIsThereUpToItsSizeWithoutRepeatsAndAGapEndsIt() {
        loop.journal.event("a").duplicate("a", 1).event("b").control().gap().event("c");
        loop.journal.event("d").event("e").event("f");

        loop.run(handler);

        assertThat(calls).containsExactly("1,3 attempt 1", "gap 5", "6,7,8 attempt 1", "9 attempt 1");
        assertThat(loop.counts.handled).hasValue(6);
        assertThat(loop.position).isEqualTo(10);
    }

    @Test
    void aBatchEndsWithTheRange() {
        loop.journal.event("a").event("b").event("c");

        loop.run(handler, 3);

        assertThat(calls).containsExactly("1,2 attempt 1");
        assertThat(loop.position).isEqualTo(3);
    }

    @Test
    void aBatchWhoseTargetIsAwayIsDeliveredAgainAsItIs() {
        loop.journal.event("a").event("b");
        away = 2;

        loop.run(handler);

        assertThat(calls).containsExactly("1,2 attempt 1", "1,2 attempt 2", "1,2 attempt 3");
        assertThat(loop.pauses).hasSize(2);
    }

    @Test
    void aBatchThatFailsIsDeliveredEventByEventAndOnlyWhatFailsIsParked() {
        loop.journal.event("xa").event("xb").event("xc").event("xd");
        failing.add(2L);

        loop.run(handler);

        assertThat(calls)
                .containsExactly(
                        "1,2,3 attempt 1",
                        "1 attempt 2",
                        "2 attempt 2",
                        "2 attempt 3",
                        "2 attempt 4",
                        "2 attempt 5",
                        "3 attempt 2",
                        "4 attempt 1");
        assertThat(loop.store.entries()).extracting(ParkedEntry::sequence).containsExactly(2L);
        assertThat(loop.counts.handled).hasValue(3);
    }

    @Test
    void laterOnesOfAKeyThatIsParkedAreLeftOutAlsoWithinTheBatchThatFailed() {
        loop.journal.event("a").event("b").event("a").event("b").event("a");
        failing.add(1L);

        loop.run(handler);

        assertThat(calls).endsWith("2 attempt 2", "4 attempt 1");
        assertThat(loop.store.sequences()).containsExactly(1L, 3L, 5L);
    }

    @Test
    void aBatchThatIsBrokenOffByTheStopCountsNothing() {
        loop.journal.event("a").event("b");
        interrupted = true;

        loop.run(handler);

        assertThat(calls).containsExactly("1,2 attempt 1");
        assertThat(loop.counts.handled).hasValue(0);
        assertThat(loop.position).isEqualTo(1);
    }

    @Test
    void aStopWhileABatchIsDeliveredEventByEventLosesWhatWasNotSettled() {
        loop.journal.event("a").event("b").event("c");
        failing.add(2L);
        loop.onPause = () -> true;

        loop.run(handler);

        assertThat(calls).containsExactly("1,2,3 attempt 1", "1 attempt 2", "2 attempt 2");
        assertThat(loop.position).isEqualTo(2);
        assertThat(loop.store.size()).isZero();
    }

    @Test
    void aSizeOfOneIsABatchOfOne() {
        size = 1;
        loop.journal.event("a").event("b");

        loop.run(handler);

        assertThat(calls).containsExactly("1 attempt 1", "2 attempt 1");
    }

    @Test
    void whatIsRedrivenComesInABatchOfItsOwn() {
        loop.journal.event("xa");
        failing.add(1L);
        loop.run(handler);
        failing.clear();
        loop.store.redrive(1);
        loop.journal.event("xb").event("xc");

        loop.run(handler);

        assertThat(calls).endsWith("1 attempt 5", "2,3 attempt 1");
    }
}
