package io.zoomws.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.Gap;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkedDeliveryTest {

    @TempDir
    private Path folder;

    private final Set<Long> failing = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private LoopRun loop = new LoopRun(Path.of(""));

    /** Fails on the chosen sequences; the key is the first letter of the type, none for those that begin with x. */
    private final EventHandler handler = new EventHandler() {
        @Override
        public void handle(ZoomEvent event, Delivery delivery) {
            calls.add(event.sequence() + " attempt " + delivery.attempt());
            if (failing.contains(event.sequence())) {
                throw new IllegalStateException("secret " + event.json());
            }
        }

        @Override
        public void gap(Gap gap, Delivery delivery) {
            calls.add("gap " + gap.sequence() + " attempt " + delivery.attempt());
            if (failing.contains(gap.sequence())) {
                throw new IllegalStateException();
            }
        }

        @Override
        public Optional<String> key(ZoomEvent event) {
            String letter = event.type().substring(0, 1);
            return letter.equals("x") ? Optional.empty() : Optional.of(letter);
        }
    };

    @BeforeEach
    void newLoop() {
        loop = new LoopRun(folder.resolve("parked"));
    }

    @Test
    void whatFailsIsParkedWithItsReasonAndDeliveryGoesOn() {
        loop.journal.event("xa").gap().event("xb");
        failing.addAll(Set.of(1L, 2L));

        loop.run(handler);

        String error = "java.lang.IllegalStateException";
        assertThat(loop.store.entries())
                .containsExactly(
                        new ParkedEntry(1, "xa", LoopRun.NOW, 4, error, Optional.empty()),
                        new ParkedEntry(2, "gap", LoopRun.NOW, 4, error, Optional.empty()));
        assertThat(calls).hasSize(9).endsWith("3 attempt 1");
        assertThat(loop.counts.parked).hasValue(2);
        assertThat(loop.position).isEqualTo(4);
    }

    @Test
    void theLogNamesInstanceSequenceAttemptsClassesAndTheRemedyAndNothingOfTheEvent() {
        loop.journal.event("xa");
        failing.add(1L);
        try (LoggedLines lines = LoggedLines.of(Parking.class)) {
            loop.run(handler);

            assertThat(lines.errors())
                    .containsExactly("plugin instance mine failed at sequence 1, after 4 attempts: this entry is PARKED"
                            + " (java.lang.IllegalStateException); see 'zoom-ws parked show mine 1', and when the plugin is"
                            + " mended, 'zoom-ws parked redrive mine 1'");
        }
    }

    @Test
    void whatIsRedrivenIsDeliveredBetweenOthersAndItsAttemptsGoOnCounting() {
        loop.journal.event("xa").gap().event("xb");
        failing.addAll(Set.of(1L, 2L));
        loop.run(handler);
        failing.clear();
        calls.clear();
        loop.store.redrive(1);
        loop.store.redrive(2);
        loop.journal.event("xc").event("xd").event("xe");

        loop.run(handler);

        assertThat(calls)
                .containsExactly("1 attempt 5", "gap 2 attempt 5", "4 attempt 1", "5 attempt 1", "6 attempt 1");
        assertThat(loop.store.size()).isZero();
        assertThat(loop.store.requested()).isEmpty();
        assertThat(loop.counts.handled).hasValue(4);
    }

    @Test
    void whatFailsAgainIsParkedAgainOnce() {
        loop.journal.event("xa");
        failing.add(1L);
        loop.run(handler);
        loop.store.redrive(1);
        loop.store.redrive(1);
        loop.journal.event("xb").event("xc");

        loop.run(handler);

        assertThat(calls).containsSubsequence("1 attempt 5", "1 attempt 8", "2 attempt 1", "3 attempt 1");
        assertThat(loop.store.entries()).extracting(ParkedEntry::attempts).containsExactly(8);
        assertThat(loop.store.requested()).isEmpty();
    }

    @Test
    void whatIsDiscardedWhileItIsRedrivenIsNotParkedAgain() {
        loop.journal.event("xa");
        failing.add(1L);
        loop.run(handler);
        loop.store.redrive(1);
        loop.journal.event("xb");
        loop.onPause = () -> {
            loop.store.discard(1);
            return false;
        };

        loop.run(handler);

        assertThat(calls).hasSize(6).endsWith("1 attempt 5", "2 attempt 1");
        assertThat(loop.store.size()).isZero();
    }

    @Test
    void whatIsDiscardedDuringItsLastAttemptRemainsDiscarded() {
        loop.journal.event("xa");
        failing.add(1L);
        loop.run(handler);
        loop.store.redrive(1);
        loop.journal.event("xb");
        try (LoggedLines lines = LoggedLines.of(Parking.class)) {
            loop.run((event, delivery) -> {
                if (delivery.attempt() == 8) {
                    loop.store.discard(1);
                }
                handler.handle(event, delivery);
            });

            assertThat(lines.errors()).isEmpty();
        }
        assertThat(calls).endsWith("1 attempt 8", "2 attempt 1");
        assertThat(loop.store.size()).isZero();
    }

    @Test
    void anEntryThatComesAgainAfterACrashIsParkedOnce() {
        loop.journal.event("xa").event("xb");
        failing.add(1L);
        loop.run(handler);
        loop.position = 1;

        loop.run(handler);

        assertThat(loop.store.entries()).extracting(ParkedEntry::attempts).containsExactly(8);
        failing.clear();
        loop.position = 1;
        loop.run(handler);
        assertThat(loop.store.size())
                .as("the position was set back and it was delivered")
                .isZero();
    }

    @Test
    void laterOnesOfAParkedKeyAreParkedUndeliveredAndOthersAreDelivered() {
        loop.journal.event("a").event("b").event("a").event("xx").event("a");
        failing.add(1L);

        loop.run(handler);

        assertThat(calls).endsWith("2 attempt 1", "4 attempt 1");
        String error = "not delivered: sequence 1 of the same key is parked";
        assertThat(loop.store.entries())
                .endsWith(
                        new ParkedEntry(3, "a", LoopRun.NOW, 0, error, Optional.of("a")),
                        new ParkedEntry(5, "a", LoopRun.NOW, 0, error, Optional.of("a")));
        assertThat(loop.counts.parked).hasValue(3);
    }

    @Test
    void thoseThatWaitedFollowInOrderOnceTheFirstIsDelivered() {
        loop.journal.event("a").event("a").event("a");
        failing.add(1L);
        loop.run(handler);
        failing.clear();
        calls.clear();
        loop.store.redrive(1);
        loop.journal.event("a");

        loop.run(handler);

        assertThat(calls).containsExactly("1 attempt 5", "2 attempt 1", "3 attempt 1", "4 attempt 1");
        assertThat(loop.store.size()).isZero();
    }

    @Test
    void thoseThatWaitedFollowAlsoWhenTheFirstIsDiscarded() {
        loop.journal.event("a").event("a").event("a");
        failing.addAll(Set.of(1L, 3L));
        loop.run(handler);
        calls.clear();
        loop.store.discard(1);
        loop.journal.event("xx").event("a");

        loop.run(handler);

        assertThat(calls).startsWith("2 attempt 1", "3 attempt 1").endsWith("3 attempt 4", "4 attempt 1");
        assertThat(loop.store.entries())
                .extracting(ParkedEntry::sequence, ParkedEntry::attempts)
                .containsExactly(tuple(3L, 4), tuple(5L, 0));
    }

    @Test
    void theOperatorsPointerIsStrongerThanThePluginsKey() {
        loop.orderBy = Optional.of("/payload/account_id");
        loop.journal.event("a").event("b");
        failing.add(1L);

        loop.run(handler);

        assertThat(loop.store.entries()).extracting(ParkedEntry::key).containsOnly(Optional.of("A1"));
        assertThat(loop.store.size()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsNullOrThrowsIsAFailureOfItsEventAndRetryLaterIsRetried() {
        loop.journal.event("null").event("throws").event("later").event("ok").event("long");
        int[] later = {3};
        EventHandler keys = new EventHandler() {
            @Override
            public void handle(ZoomEvent event, Delivery delivery) {
                calls.add(event.type() + delivery.attempt());
            }

            @Override
            @SuppressWarnings({"NullAway", "OptionalAssignedToNull"})
            public Optional<String> key(ZoomEvent event) throws RetryLater {
                return switch (event.type()) {
                    case "null" -> null;
                    case "throws" -> throw new AssertionError();
                    case "long" -> Optional.of("k".repeat(HandlerCall.LONGEST_KEY + 1));
                    case "later" -> {
                        if (later[0]-- > 0) {
                            throw new RetryLater("away");
                        }
                        yield Optional.empty();
                    }
                    default -> Optional.of("k");
                };
            }
        };

        loop.run(keys);

        assertThat(calls).containsExactly("later4", "ok1");
        assertThat(loop.store.entries())
                .extracting(ParkedEntry::error)
                .containsExactly(
                        "io.zoomws.server.delivery.NullKeyException",
                        "java.lang.AssertionError",
                        "io.zoomws.server.delivery.LongKeyException");
    }

    @Test
    void allThatIsAskedForIsRedrivenBetweenTwoEvents() {
        loop.journal.event("xa").event("xb").event("xc");
        failing.addAll(Set.of(1L, 2L, 3L));
        loop.run(handler);
        failing.clear();
        calls.clear();
        loop.store.sequences().forEach(loop.store::redrive);
        loop.journal.event("xd");

        loop.run(handler);

        assertThat(calls).containsExactly("1 attempt 5", "2 attempt 5", "3 attempt 5", "4 attempt 1");
        assertThat(loop.store.size()).isZero();
    }

    @Test
    void aReplayParksAndDeliversAgainOnlyWhatItComesAcross() {
        loop.journal.event("a").event("a").event("xb");
        failing.add(1L);
        loop.replay = true;
        loop.run(handler);
        loop.store.redrive(1);
        failing.clear();
        calls.clear();
        loop.position = 3;
        loop.run(handler);
        assertThat(calls).containsExactly("3 attempt 1");

        calls.clear();
        loop.position = 1;
        loop.run(handler);
        assertThat(calls).containsExactly("1 attempt 5", "2 attempt 1", "3 attempt 1");
        assertThat(loop.store.size()).isZero();
    }

    @Test
    void aRebuildRedrivesAsTheLiveInstanceItIsAndAFullQueueIsLeftByThat() {
        loop.rebuild = true;
        loop.capacity = 2;
        loop.journal.event("a").event("a").event("a").event("xb");
        failing.add(1L);
        loop.onPause = () -> {
            if (loop.blocked.equals(List.of(true))) {
                failing.clear();
                loop.store.redrive(1);
            }
            return loop.pauses.size() > 100;
        };

        loop.run(handler);

        assertThat(calls).endsWith("1 attempt 5", "2 attempt 1", "3 attempt 1", "4 attempt 1");
        assertThat(loop.store.size()).isZero();
        assertThat(loop.blocked).containsExactly(true, false);
    }

    @Test
    void theLogOfAReplayNamesWhatWaitsAndPromisesNoRedrive() {
        loop.replay = true;
        loop.journal.event("a").event("a");
        failing.add(1L);
        try (LoggedLines lines = LoggedLines.of(Parking.class)) {
            loop.run(handler);

            assertThat(lines.errors())
                    .containsExactly("plugin instance mine failed at sequence 1, after 4 attempts: this entry is PARKED"
                            + " (java.lang.IllegalStateException); see 'zoom-ws parked show mine 1', and when the plugin is"
                            + " mended, replay again from the first that is parked to the last: the replay says when it ends"
                            + " with which --from and --to");
            assertThat(lines.warnings())
                    .containsExactly(
                            "plugin instance mine: sequence 2 is PARKED undelivered, since sequence 1 of the same"
                                    + " key is; it does not follow by itself");
        }
    }

    @Test
    void aDamagedFileHoldsUpNothingAndIsTold() throws Exception {
        loop.journal.event("xa").event("xb");
        failing.add(1L);
        loop.run(handler);
        Path file = Files.write(loop.store.folder().resolve("1.parked"), new byte[9]);
        loop.store.redrive(1);
        loop.journal.event("xc");
        try (LoggedLines lines = LoggedLines.of(Parking.class)) {
            loop.run(handler);

            assertThat(lines.errors())
                    .containsExactly("plugin instance mine: the file " + file
                            + " of a parked entry cannot be read (not a parked entry): restore it, or replay sequence 1 if the"
                            + " journal still has it and discard this");
        }
        assertThat(calls).endsWith("3 attempt 1");
        assertThat(loop.store.contains(1)).isTrue();
        assertThat(loop.store.requested()).isEmpty();
    }

    @Test
    void whileNothingCanBeParkedDeliveryWaitsAndThatIsSaidOnce() throws Exception {
        loop.journal.event("xa").event("xb");
        failing.add(1L);
        Files.createFile(loop.store.folder());
        int[] pauses = {0};
        loop.onPause = () -> {
            pauses[0]++;
            if (pauses[0] == 200) {
                delete(loop.store.folder());
            }
            return pauses[0] > 400;
        };
        try (LoggedLines lines = LoggedLines.of(Parking.class)) {
            loop.run(handler);

            assertThat(lines.errors())
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("plugin instance mine: sequence 1 cannot be" + " parked: ")
                    .endsWith("; NOTHING MORE IS DELIVERED until it can: discard or redrive with 'zoom-ws"
                            + " parked', or mend the disk");
        }
        assertThat(loop.store.sequences()).containsExactly(1L);
        assertThat(calls).endsWith("2 attempt 1");
        assertThat(loop.blocked).containsExactly(true, false);
    }

    @Test
    void whenTheQueueIsFullDeliveryWaitsUntilSomethingIsDiscardedOrRedriven() {
        loop.capacity = 1;
        loop.journal.event("xa").event("xb").event("xc").event("xd");
        failing.addAll(Set.of(1L, 2L, 3L));
        int[] pauses = {0};
        loop.onPause = () -> {
            pauses[0]++;
            if (pauses[0] == 20) {
                assertThat(loop.position).as("held up").isEqualTo(2);
                loop.store.discard(1);
            } else if (pauses[0] == 40) {
                failing.remove(2L);
                loop.store.redrive(2);
            }
            return pauses[0] > 100;
        };
        try (LoggedLines lines = LoggedLines.of(Parking.class)) {
            loop.run(handler);

            String full =
                    " cannot be parked: its parked queue is full (1); NOTHING MORE IS DELIVERED until it can: discard or"
                            + " redrive with 'zoom-ws parked', or mend the disk";
            assertThat(lines.errors())
                    .filteredOn(line -> line.contains("cannot"))
                    .containsExactly(
                            "plugin instance mine: sequence 2" + full, "plugin instance mine: sequence 3" + full);
        }
        assertThat(loop.store.sequences()).containsExactly(3L);
        assertThat(calls).endsWith("4 attempt 1");
        assertThat(loop.blocked).containsExactly(true, false, true, false);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
