package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.server.parking.ParkedIndex;
import io.zoomws.server.parking.ParkedStore;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.Gap;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryLoopTest {

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private final Counts counts = new Counts();
    private final List<Long> passed = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final InterruptGate gate = new InterruptGate();

    /** Does not wait; ends the delivery at the given pause. */
    private final class CountedPauses extends StopSignal {
        private final int last;

        CountedPauses(int last) {
            this.last = last;
        }

        @Override
        boolean pause(Duration duration) {
            pauses.add(duration);
            return pauses.size() >= last;
        }
    }

    @Test
    void eventsAndGapsAreDeliveredInOrderWithoutRepeatsAndWithoutTheRest() {
        journal.event("meeting.started")
                .control()
                .duplicate("meeting.started", 1)
                .gap()
                .event("user.created")
                .event("meeting.ended");

        run(recording(), EventFilter.of(List.of("meeting.*")), false, 7);

        assertThat(calls).containsExactly("event 1 attempt 1", "gap 4 attempt 1", "event 6 attempt 1");
        assertThat(passed)
                .as("also over what is left out")
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(2L, 5L)
                .endsWith(7L);
        assertThat(counts.handled).hasValue(2);
        assertThat(counts.gaps).hasValue(1);
    }

    @Test
    void aRangeEndsBeforeItsEndAndIsMarkedAsReplay() {
        journal.event("a").event("b").event("c");

        run(
                (event, delivery) -> calls.add(event.sequence() + " replay " + delivery.replay()),
                EventFilter.all(),
                true,
                3);

        assertThat(calls).containsExactly("1 replay true", "2 replay true");
        assertThat(passed).containsExactly(2L, 3L);
    }

    @Test
    void aFailureIsRetriedThreeTimesThenParked() {
        journal.event("a").event("b");

        run(
                (event, delivery) -> {
                    calls.add(event.type() + delivery.attempt());
                    if (event.type().equals("a")) {
                        throw new IllegalStateException("no");
                    }
                },
                EventFilter.all(),
                false,
                3);

        assertThat(calls).containsExactly("a1", "a2", "a3", "a4", "b1");
        assertThat(counts.parked).hasValue(1);
        assertThat(counts.handled).hasValue(1);
        assertThat(counts.retries).hasValue(3);
        assertThat(passed).containsExactly(2L, 3L);
    }

    @Test
    void errorsAndWhatCannotEvenBeAskedForItsMessageAreSurvived() {
        journal.event("a").event("b").event("c").event("d");

        run(
                (event, delivery) -> {
                    switch (event.type()) {
                        case "a" -> throw new OutOfMemoryError("full");
                        case "b" -> throwNull();
                        case "c" -> throw new Hostile();
                        default -> calls.add(event.type());
                    }
                },
                EventFilter.all(),
                false,
                5);

        assertThat(calls).containsExactly("d");
        assertThat(counts.parked).hasValue(3);
    }

    @Test
    void retryLaterIsRetriedForEverAndNothingElseIsDeliveredMeanwhile() {
        journal.event("a").event("b");

        run(
                (event, delivery) -> {
                    calls.add(event.type());
                    throw new RetryLater("away");
                },
                EventFilter.all(),
                new CountedPauses(20));

        assertThat(calls).hasSize(20).containsOnly("a");
        assertThat(passed).isEmpty();
        assertThat(counts.parked).hasValue(0);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(pauses.get(19)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void anEntryThatWasInterruptedByTheStopIsNotPassed() {
        journal.event("a").event("b");

        run(
                (event, delivery) -> {
                    calls.add(event.type());
                    gate.interrupt();
                    throw new InterruptedException();
                },
                EventFilter.all(),
                false,
                3);

        assertThat(calls).containsExactly("a");
        assertThat(passed).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anEntryThatCameWithTheStopIsNotDeliveredAndNotPassed() {
        journal.event("a");
        StopSignal stop = new StopSignal();
        Tailer tailer = new StoppingTailer(journal.tail(1), stop);

        loop(recording(), new DeliveryLoop.Task("test", EventChoice.ALL, false, Long.MAX_VALUE), stop)
                .run(tailer, 1);

        assertThat(calls).isEmpty();
        assertThat(passed).isEmpty();
    }

    @Test
    void anInterruptThatCameBeforeTheHandlerWasEnteredReachesItsFirstCallAndThereIsNoSecond() {
        journal.event("a");
        gate.interrupt();

        run(
                new EventHandler() {
                    @Override
                    public Optional<String> key(ZoomEvent event) {
                        calls.add("interrupted " + Thread.currentThread().isInterrupted());
                        return Optional.empty();
                    }

                    @Override
                    public void handle(ZoomEvent event, Delivery delivery) {
                        calls.add("handled");
                    }
                },
                EventFilter.all(),
                false,
                2);

        assertThat(calls).containsExactly("interrupted true");
        assertThat(passed).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aHandlerThatInterruptsItselfIsTreatedLikeAnyOther() {
        journal.event("a").event("b");

        run(
                (event, delivery) -> {
                    calls.add(event.type());
                    Thread.currentThread().interrupt();
                },
                EventFilter.all(),
                false,
                3);

        assertThat(calls).containsExactly("a", "b");
        assertThat(Thread.interrupted()).isFalse();
    }

    private void run(EventHandler handler, EventFilter filter, boolean replay, long end) {
        run(
                handler,
                new DeliveryLoop.Task("test", EventChoice.of(filter), replay, end),
                new CountedPauses(Integer.MAX_VALUE));
    }

    private void run(EventHandler handler, EventFilter filter, StopSignal stop) {
        run(handler, new DeliveryLoop.Task("test", EventChoice.of(filter), false, Long.MAX_VALUE), stop);
    }

    private void run(EventHandler handler, DeliveryLoop.Task task, StopSignal stop) {
        loop(handler, task, stop).run(journal, 1);
    }

    private DeliveryLoop loop(EventHandler handler, DeliveryLoop.Task task, StopSignal stop) {
        Progress progress = new Progress() {
            @Override
            public void passed(long next) {
                passed.add(next);
            }

            @Override
            public void idle() {}
        };
        HandlerCall call = new HandlerCall(handler, gate, Optional.empty(), 1);
        Parking parking = new Parking(
                task,
                task.replay(),
                new ParkedIndex(new ParkedStore(folder), System::nanoTime, ParkedIndex.CAPACITY),
                progress,
                counts,
                Clock.systemUTC());
        return new DeliveryLoop(task, call, parking, progress, counts, stop, new Random(1));
    }

    private EventHandler recording() {
        return new EventHandler() {
            @Override
            public void handle(ZoomEvent event, Delivery delivery) {
                calls.add("event " + event.sequence() + " attempt " + delivery.attempt());
            }

            @Override
            public void gap(Gap gap, Delivery delivery) {
                calls.add("gap " + gap.sequence() + " attempt " + delivery.attempt());
            }
        };
    }

    /** The stop comes while an entry is waited for. */
    private record StoppingTailer(Tailer journal, StopSignal stop) implements Tailer {
        @Override
        public @Nullable Entry poll() {
            stop.stop();
            return journal.poll();
        }

        @Override
        public @Nullable Entry poll(Duration timeout) throws InterruptedException {
            return journal.poll(timeout);
        }

        @Override
        public long position() {
            return journal.position();
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    @SuppressWarnings("NullAway")
    private static void throwNull() throws Exception {
        Exception nothing = null;
        throw nothing;
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even this");
        }

        @Override
        @SuppressWarnings("NullAway")
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }
}
