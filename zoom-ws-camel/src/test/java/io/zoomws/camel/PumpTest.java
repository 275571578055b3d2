package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pump survives whatever is thrown, skips nothing and says so. */
class PumpTest {

    private final MemoryJournal journal = new MemoryJournal();
    private final BlockingQueue<Delivery> delivered = new LinkedBlockingQueue<>();
    private final AtomicLong nanos = new AtomicLong();
    private @Nullable Pump pump;
    private @Nullable Thread thread;

    /** An event whose type cannot be told until it is mended. */
    private static final class Broken implements ZoomEvent {
        private final AtomicBoolean mended = new AtomicBoolean();

        @Override
        public String type() {
            if (!mended.get()) {
                throw new ArithmeticException("long overflow");
            }
            return "broken";
        }

        @Override
        public long sequence() {
            return 2;
        }

        @Override
        public String id() {
            return "id-2";
        }

        @Override
        public Optional<Instant> occurredAt() {
            return Optional.empty();
        }

        @Override
        public OptionalLong duplicateOf() {
            return OptionalLong.empty();
        }

        @Override
        public String json() {
            return "{}";
        }

        @Override
        public Optional<String> text(String pointer) {
            return Optional.empty();
        }

        @Override
        public EntryKind kind() {
            return EntryKind.EVENT;
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }

        @Override
        public long connection() {
            return 1;
        }

        @Override
        public byte[] payload() {
            return new byte[] {'{', '}'};
        }
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even this");
        }
    }

    @AfterEach
    void end() throws Exception {
        if (pump != null && thread != null) {
            pump.stop();
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void anEntryThatCannotBeReadIsTriedAgainAndNothingIsSkipped() throws Exception {
        Broken broken = new Broken();
        journal.event("a").add(broken).event("c");
        Pump running = start(true, (delivery, outcome) -> {
            delivered.add(delivery);
            outcome.accept(new Outcome.Done());
        });
        assertThat(take().entry().sequence()).isEqualTo(1);
        Waiting.until(() -> running.failure() != null);
        assertThat(running.failure()).hasMessage("long overflow");

        broken.mended.set(true);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));

        assertThat(take().entry().sequence()).isEqualTo(2);
        assertThat(take().entry().sequence()).isEqualTo(3);
        Waiting.until(() -> running.failure() == null);
        journal.awaitSaved("c", 4);
    }

    @Test
    void anExceptionHandlerThatThrowsEndsNothing() throws Exception {
        Broken broken = new Broken();
        journal.event("a").add(broken);
        AtomicInteger told = new AtomicInteger();
        start(true, new Target() {
            @Override
            public void deliver(Delivery delivery, Consumer<Outcome> outcome) {
                delivered.add(delivery);
                outcome.accept(new Outcome.Done());
            }

            @Override
            public void obstructed(Throwable cause) {
                told.incrementAndGet();
                throw new Hostile();
            }
        });
        assertThat(take().entry().sequence()).isEqualTo(1);
        Waiting.until(() -> told.get() == 1);

        broken.mended.set(true);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(take().entry().sequence()).isEqualTo(2);
    }

    @Test
    void aTargetThatThrowsHasFailedWhateverItThrows() throws Exception {
        journal.event("a").event("b");
        start(true, (delivery, outcome) -> {
            delivered.add(delivery);
            switch (delivery.attempt()) {
                case 1 -> throw new StackOverflowError();
                case 2 -> throw new Hostile();
                default -> outcome.accept(new Outcome.Done());
            }
        });
        for (int attempt = 1; attempt <= 3; attempt++) {
            Delivery delivery = take();
            assertThat(delivery.entry().sequence()).isEqualTo(1);
            assertThat(delivery.attempt()).isEqualTo(attempt);
        }
        assertThat(take().entry().sequence()).isEqualTo(2);
    }

    @Test
    void anExchangeThatEndedWithTheRouteIsNotPassedOver() throws Exception {
        journal.event("a");
        Pump running = start(false, (delivery, outcome) -> {
            delivered.add(delivery);
            outcome.accept(
                    delivery.attempt() == 1
                            ? new Outcome.Refused(new InterruptedException("forced"))
                            : new Outcome.Done());
        });
        assertThat(take().attempt()).isEqualTo(1);
        assertThat(take().attempt()).isEqualTo(2);
        journal.awaitSaved("c", 2);
        assertThat(running.progress().passedOver()).isZero();
    }

    @Test
    void nothingOfTheMessageOfAFailedExchangeIsLogged() throws Exception {
        journal.event("secret").event("b");
        try (LoggedLines lines = LoggedLines.of(Pump.class)) {
            start(true, (delivery, outcome) -> {
                delivered.add(delivery);
                outcome.accept(
                        delivery.attempt() == 1 && delivery.entry().sequence() == 1
                                ? new Outcome.Failed(new IllegalArgumentException(
                                        "cannot parse " + ((ZoomEvent) delivery.entry()).json(),
                                        new IllegalStateException("secret")))
                                : new Outcome.Done());
            });
            assertThat(take().attempt()).isEqualTo(1);
            assertThat(take().attempt()).isEqualTo(2);

            assertThat(lines.warnings()).singleElement().satisfies(line -> assertThat(line)
                    .startsWith("zoomws:main (route r): the exchange for sequence 1 failed (attempt 1:"
                            + " java.lang.IllegalArgumentException, caused by java.lang.IllegalStateException, at")
                    .doesNotContain("secret"));
            assertThat(lines.printsExceptions()).isFalse();
        }
    }

    @Test
    void nothingOfTheMessageOfAnExchangeThatIsPassedOverIsLogged() throws Exception {
        journal.event("secret").event("b");
        try (LoggedLines lines = LoggedLines.of(Pump.class)) {
            start(false, (delivery, outcome) -> {
                delivered.add(delivery);
                outcome.accept(
                        delivery.entry().sequence() == 1
                                ? new Outcome.Failed(new Error("secret"))
                                : new Outcome.Done());
            });
            assertThat(take().entry().sequence()).isEqualTo(1);
            assertThat(take().entry().sequence()).isEqualTo(2);

            assertThat(lines.errors()).singleElement().satisfies(line -> assertThat(line)
                    .startsWith("zoomws:main (route r): the exchange for sequence 1 failed (java.lang.Error, at ")
                    .endsWith(") and is PASSED OVER (breakOnFirstError=false), number 1 since the start")
                    .doesNotContain("secret"));
            assertThat(lines.printsExceptions()).isFalse();
        }
    }

    @Test
    void aConsumerThatRetentionOvertakesSkipsNothingAndSaysWhatWasRemoved() throws Exception {
        journal.event("a").event("b").event("c");
        journal.makeUnreadable(true);
        Pump running = start(true, (delivery, outcome) -> {
            delivered.add(delivery);
            outcome.accept(Outcome.DONE);
        });
        Waiting.until(() -> running.failure() != null);
        journal.removeBefore(3);
        journal.makeUnreadable(false);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
        Waiting.until(() -> "sequences 1 to 2 were removed before they were delivered, and onLostPosition=stop"
                .equals(String.valueOf(running.failure()).replaceFirst("^[^:]*: ", "")));
        assertThat(running.progress().state()).isEqualTo(Progress.State.FAILING);
        assertThat(delivered).isEmpty();
    }

    private Pump start(boolean breakOnFirstError, Target target) {
        Plan plan = new Plan(
                "zoomws:main",
                "zoomws:main (route r)",
                "main",
                Source.TAIL,
                "c",
                Position.EARLIEST,
                Position.LATEST,
                EventFilter.all(),
                false,
                false,
                1,
                breakOnFirstError,
                Duration.ZERO,
                LostPosition.STOP,
                false);
        Checkpoint checkpoint = new Checkpoint(plan.logName(), journal.open("c"), 1, nanos::get);
        Start start = new Start(null, 1, Repeats.none());
        Pump made = new Pump(plan, journal, start, Long.MAX_VALUE, target, checkpoint, nanos::get);
        pump = made;
        thread = new Thread(made, "pump");
        thread.start();
        return made;
    }

    private Delivery take() throws InterruptedException {
        Delivery taken = delivered.poll(20, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came within 20 s");
        }
        return taken;
    }
}
