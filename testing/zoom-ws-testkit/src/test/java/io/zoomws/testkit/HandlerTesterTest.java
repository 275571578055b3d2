package io.zoomws.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.Gap;
import io.zoomws.spi.OwnPosition;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.Rebuildable;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlerTesterTest {

    private final Script script = new Script();

    @Test
    void deliversInOrderAndNumbersFromOne() {
        HandlerTester tester =
                HandlerTester.of(script).deliver(event("a"), event("b")).deliver(event("c"));

        assertThat(script.seen).containsExactly("a 1 live 1", "b 2 live 1", "c 3 live 1");
        assertThat(tester.handled()).extracting(Entry::sequence).containsExactly(1L, 2L, 3L);
        assertThat(tester.parked()).isEmpty();
        assertThat(tester.thrown()).isEmpty();
    }

    @Test
    void leavesOutRepetitionsAndTellsGaps() {
        HandlerTester tester = HandlerTester.of(script)
                .deliver(
                        event("a"),
                        event("a").asDuplicateOf(1),
                        TestGap.between(Instant.EPOCH, Instant.EPOCH),
                        event("b"));

        assertThat(script.seen).containsExactly("a 1 live 1", "gap 3", "b 4 live 1");
        assertThat(tester.handled()).hasSize(3);
    }

    @Test
    void saysThatItIsAReplay() {
        HandlerTester.of(script).replaying().deliver(event("a"));

        assertThat(script.seen).containsExactly("a 1 replay 1");
    }

    @Test
    void whatFailsIsParkedAfterFourAttemptsAndDeliveryGoesOn() {
        script.failing.add("b");

        HandlerTester tester = HandlerTester.of(script).deliver(event("a"), event("b"), event("c"));

        assertThat(script.seen)
                .containsExactly("a 1 live 1", "b 2 live 1", "b 2 live 2", "b 2 live 3", "b 2 live 4", "c 3 live 1");
        assertThat(tester.parked())
                .containsExactly(new ParkedEntry(
                        2, "b", event("c").receivedAt(), 4, "java.lang.IllegalStateException", Optional.empty()));
        assertThat(tester.thrown()).hasSize(4).allSatisfy(thrown -> assertThat(thrown)
                .hasMessage("scripted"));
    }

    @Test
    void whatFailsAtFirstIsHandledByALaterAttempt() {
        script.failingOnce.add("a");

        HandlerTester tester = HandlerTester.of(script).deliver(event("a"), event("b"));

        assertThat(script.seen).containsExactly("a 1 live 1", "a 1 live 2", "b 2 live 1");
        assertThat(tester.parked()).isEmpty();
        assertThat(tester.handled()).hasSize(2);
    }

    @Test
    void errorsAndAFailingGapAndAKeyThatIsNullAreFailures() {
        EventHandler rough = new EventHandler() {
            @Override
            public void handle(ZoomEvent event, Delivery delivery) {
                throw new StackOverflowError();
            }

            @Override
            public void gap(Gap gap, Delivery delivery) {
                throw new IllegalStateException();
            }
        };
        assertThat(HandlerTester.of(rough)
                        .deliver(event("a"), TestGap.between(Instant.EPOCH, Instant.EPOCH))
                        .parked())
                .extracting(ParkedEntry::event, ParkedEntry::error)
                .containsExactly(
                        tuple("a", "java.lang.StackOverflowError"), tuple("gap", "java.lang.IllegalStateException"));

        script.nullKeys = true;
        HandlerTester tester = HandlerTester.of(script).deliver(event("a"));
        assertThat(tester.parked()).extracting(ParkedEntry::error).containsExactly("java.lang.NullPointerException");
        assertThat(script.seen).isEmpty();
    }

    @Test
    void afterRetryLaterEverythingWaitsAndNothingIsEverParked() {
        script.away = true;
        HandlerTester tester = HandlerTester.of(script).deliver(event("a"), event("b"));
        for (int i = 0; i < 9; i++) {
            tester.retry();
        }
        assertThat(tester.isPostponed()).isTrue();
        assertThat(tester.parked()).isEmpty();
        assertThat(tester.deliver(event("c")).handled()).isEmpty();

        script.away = false;
        tester.retry();

        assertThat(tester.isPostponed()).isFalse();
        assertThat(script.seen).hasSize(13).endsWith("a 1 live 11", "b 2 live 1", "c 3 live 1");
        assertThatThrownBy(tester::retry)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nothing waits to be tried again: the handler threw no RetryLater");
    }

    @Test
    void laterEventsOfAParkedKeyAreParkedTooAndComeInOrderOnceTheFirstIsHandled() {
        script.keyed = true;
        script.failing.add("a");
        HandlerTester tester =
                HandlerTester.of(script).deliver(event("a"), event("b").with("/key", "other"), event("c"), event("d"));

        assertThat(tester.handled()).extracting(Entry::sequence).containsExactly(2L);
        assertThat(tester.parked())
                .extracting(ParkedEntry::sequence, ParkedEntry::attempts)
                .containsExactly(tuple(1L, 4), tuple(3L, 0), tuple(4L, 0));

        tester.redrive(1);
        assertThat(tester.parked()).extracting(ParkedEntry::attempts).containsExactly(8, 0, 0);

        script.failing.clear();
        script.seen.clear();
        tester.redrive(1);
        assertThat(script.seen).containsExactly("a 1 live 9", "c 3 live 1", "d 4 live 1");
        assertThat(tester.parked()).isEmpty();
    }

    @Test
    void whatWaitedFollowsOnceTheFirstIsDiscarded() {
        TestParkedQueue queue = new TestParkedQueue();
        script.keyed = true;
        script.failing.add("a");
        HandlerTester tester = HandlerTester.of(script).parkingIn(queue).deliver(event("a"), event("b"), event("c"));

        queue.discard(1);
        tester.deliver();

        assertThat(script.seen).endsWith("a 1 live 4", "b 2 live 1", "c 3 live 1");
        assertThat(tester.parked()).isEmpty();
    }

    @Test
    void aRedrivenEventMayAskToTryLaterToo() {
        script.failing.add("a");
        HandlerTester tester = HandlerTester.of(script).deliver(event("a"));
        script.failing.clear();
        script.away = true;
        tester.redrive(1);
        assertThat(tester.isPostponed()).isTrue();
        assertThat(tester.parked()).hasSize(1);

        script.away = false;
        tester.retry();

        assertThat(script.seen).endsWith("a 1 live 5", "a 1 live 6");
        assertThat(tester.parked()).isEmpty();
    }

    @Test
    void aHandlerMayRedriveAndDiscardByItself() {
        TestParkedQueue queue = new TestParkedQueue();
        script.failing.add("a");
        script.failing.add("b");
        HandlerTester tester = HandlerTester.of(script).parkingIn(queue).deliver(event("a"), event("b"));
        assertThat(queue.size()).isEqualTo(2);

        script.failing.clear();
        queue.redrive(1);
        queue.discard(2);
        queue.redrive(2);
        tester.deliver(event("c"));

        assertThat(script.seen).endsWith("a 1 live 5", "c 3 live 1");
        assertThat(queue.size()).isZero();
    }

    @Test
    void batchesHaveWhatIsThereUpToTheirSizeAndGapsEndThem() {
        Batches batches = new Batches(script, 3);
        HandlerTester.of(batches)
                .deliver(
                        event("a"),
                        event("b"),
                        event("c"),
                        event("d"),
                        TestGap.between(Instant.EPOCH, Instant.EPOCH),
                        event("e"))
                .deliver(event("f"));

        assertThat(batches.seen).containsExactly("[a 1, b 2, c 3] 1", "[d 4] 1", "[e 6] 1", "[f 7] 1");
    }

    @Test
    void aBatchThatFailsIsDeliveredEventByEvent() {
        script.failing.add("b");
        Batches batches = new Batches(script, 10);
        HandlerTester tester = HandlerTester.of(batches).deliver(event("a"), event("b"), event("c"));

        assertThat(batches.seen)
                .containsExactly("[a 1, b 2, c 3] 1", "[a 1] 2", "[b 2] 2", "[b 2] 3", "[b 2] 4", "[b 2] 5", "[c 3] 2");
        assertThat(tester.parked()).extracting(ParkedEntry::attempts).containsExactly(5);

        tester.deliver(event("d"), event("e"));
        assertThat(batches.seen).endsWith("[d 4, e 5] 1");
    }

    @Test
    void aPostponedBatchComesAgainAsItIs() {
        script.away = true;
        Batches batches = new Batches(script, 10);
        HandlerTester tester =
                HandlerTester.of(batches).deliver(event("a"), event("b")).deliver(event("c"));
        script.away = false;
        tester.retry();

        assertThat(batches.seen).containsExactly("[a 1, b 2] 1", "[a 1, b 2] 2", "[c 3] 1");
    }

    @Test
    void aHandlerWithItsOwnPositionBeginsThere() {
        TestJournal journal = new TestJournal();
        Owner owner = new Owner(OptionalLong.empty());
        HandlerTester.of(owner).journaling(journal).deliver(event("a"), event("b"));
        Owner next = new Owner(OptionalLong.of(owner.next));
        HandlerTester.of(next).journaling(journal).deliver(event("c"));

        assertThat(owner.seen).containsExactly("a", "b");
        assertThat(next.seen).containsExactly("c");
    }

    @Test
    void aPositionThatCannotBeReadYetIsAskedForAgain() {
        Owner owner = new Owner(OptionalLong.of(2));
        owner.away = true;
        HandlerTester tester = HandlerTester.of(owner).deliver(event("a"), event("b"));
        assertThat(tester.isPostponed()).isTrue();

        owner.away = false;
        tester.retry();

        assertThat(owner.seen).containsExactly("b");
    }

    @Test
    void aRebuildDeliversEverythingToTheResetOneAndGoesOnLive() throws Exception {
        Model first = new Model();
        HandlerTester tester = HandlerTester.of(first).deliver(event("a"), event("b"));
        Model second = new Model();

        tester.rebuild(second).deliver(event("c"));
        tester.close();

        assertThat(first.seen).containsExactly("a live", "b live", "closed");
        assertThat(second.seen).containsExactly("reset", "a replay", "b replay", "c live", "closed");
        assertThatThrownBy(() -> tester.deliver(event("d")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the handler is closed");
    }

    @Test
    void whatIsParkedInARebuildIsRedrivenInTheRebuild() throws Exception {
        HandlerTester tester = HandlerTester.of(script).deliver(event("a"), event("later"), event("c"));
        Script fresh = new Script();
        fresh.failing.add("a");
        fresh.postponing.add("later");

        tester.rebuild(fresh);
        fresh.failing.clear();
        fresh.postponing.clear();
        tester.redrive(1).retry();

        assertThat(fresh.seen)
                .endsWith("a 1 replay 4", "later 2 replay 1", "later 2 replay 2", "a 1 replay 5", "c 3 replay 1");
    }

    private static TestEvent event(String type) {
        return TestEvent.of("{\"event\":\"" + type + "\"}");
    }

    /** Throws what it is told to, and writes down what it was given. */
    private static final class Script implements EventHandler, Rebuildable {
        final List<String> seen = new ArrayList<>();
        final Set<String> failing = new HashSet<>();
        final Set<String> failingOnce = new HashSet<>();
        final Set<String> postponing = new HashSet<>();
        boolean away;
        boolean keyed;
        boolean nullKeys;

        @Override
        public void handle(ZoomEvent event, Delivery delivery) throws RetryLater {
            seen.add(event + (delivery.replay() ? " replay " : " live ") + delivery.attempt());
            check(event);
        }

        void check(ZoomEvent event) throws RetryLater {
            if (away || postponing.contains(event.type())) {
                throw new RetryLater("scripted");
            }
            if (failing.contains(event.type()) || failingOnce.remove(event.type())) {
                throw new IllegalStateException("scripted");
            }
        }

        @Override
        public void gap(Gap gap, Delivery delivery) {
            seen.add("gap " + gap.sequence());
        }

        @Override
        public void reset() {}

        @Override
        @SuppressWarnings("NullAway")
        public Optional<String> key(ZoomEvent event) {
            if (nullKeys) {
                return null;
            }
            return keyed ? Optional.of(event.text("/key").orElse("one")) : Optional.empty();
        }
    }

    private static final class Batches implements BatchHandler {
        final List<String> seen = new ArrayList<>();
        private final Script script;
        private final int size;

        Batches(Script script, int size) {
            this.script = script;
            this.size = size;
        }

        @Override
        public int batchSize() {
            return size;
        }

        @Override
        public void handle(List<ZoomEvent> events, Delivery delivery) throws RetryLater {
            seen.add(events + " " + delivery.attempt());
            for (ZoomEvent event : events) {
                script.check(event);
            }
        }
    }

    private static final class Owner implements EventHandler, OwnPosition {
        final List<String> seen = new ArrayList<>();
        private final OptionalLong begin;
        boolean away;
        long next;

        Owner(OptionalLong begin) {
            this.begin = begin;
        }

        @Override
        public OptionalLong position() throws RetryLater {
            if (away) {
                throw new RetryLater("scripted");
            }
            return begin;
        }

        @Override
        public void handle(ZoomEvent event, Delivery delivery) {
            seen.add(event.type());
            next = event.sequence() + 1;
        }
    }

    private static final class Model implements EventHandler, Rebuildable, AutoCloseable {
        final List<String> seen = new ArrayList<>();

        @Override
        public void handle(ZoomEvent event, Delivery delivery) {
            seen.add(event.type() + (delivery.replay() ? " replay" : " live"));
        }

        @Override
        public void reset() {
            seen.add("reset");
        }

        @Override
        public void close() {
            seen.add("closed");
        }
    }
}
