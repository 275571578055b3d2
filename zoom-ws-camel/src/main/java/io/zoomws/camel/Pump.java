package io.zoomws.camel;

import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a consumer: pulls entries from the journal as fast as the route takes them, hears how each ended, and
 * saves the position. Everything here is confined to that thread, but for the flags and the mailbox, by which other threads
 * speak to it. It is never interrupted by us: interrupts can harm the journal's files.
 */
final class Pump implements Runnable, AutoCloseable {

    /** How late a stop, or an outcome while the journal is silent, is noticed at worst. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    /** How long a stop waits for exchanges under way. Camel's shutdown strategy has waited before, with its own limit. */
    static final Duration DRAIN = Duration.ofSeconds(10);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Pump.class);

    private enum State {
        RUNNING,
        PAUSED,
        STOPPING
    }

    private sealed interface Message {}

    private record Ended(Delivery delivery, Outcome outcome) implements Message {}

    /** A change of state: look at the flag. */
    private record Wake() implements Message {}

    private final Plan plan;
    private final Target target;
    private final Checkpoint checkpoint;
    private final Repeats repeats;
    private final LongSupplier nanoTime;
    private final InFlight inFlight;
    private final Intake intake;
    private final Redeliveries redeliveries;
    private final Gauge gauge = new Gauge();

    /** Bounded by maxInflight, plus a few wake-ups. */
    private final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();

    private volatile State state = State.RUNNING;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread thread;
    private long retryAtNanos;

    Pump(
            Plan plan,
            JournalReader reader,
            Start start,
            long end,
            Target target,
            Checkpoint checkpoint,
            LongSupplier nanoTime) {
        this.plan = plan;
        this.target = target;
        this.checkpoint = checkpoint;
        this.repeats = start.repeats();
        this.nanoTime = nanoTime;
        this.inFlight = new InFlight(start.position());
        this.intake = new Intake(plan, reader, end, inFlight);
        this.redeliveries = new Redeliveries(plan.redeliveryDelay(), nanoTime);
        gauge.show(inFlight, redeliveries);
    }

    /** No entry is taken any more until {@link #resume()}; those under way go on. */
    void pause() {
        change(State.PAUSED);
    }

    void resume() {
        change(State.RUNNING);
    }

    /** Takes nothing more, waits for what is under way, saves the position, ends. */
    void stop() {
        change(State.STOPPING);
    }

    /** Lets go of the cursor of a pump that is never run. */
    @Override
    public void close() {
        checkpoint.close();
    }

    private void change(State to) {
        if (state != State.STOPPING) {
            state = to;
        }
        mailbox.add(new Wake());
    }

    /** Why nothing is delivered at the moment, or null if all is well. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** How far it is; any thread may ask. */
    Progress progress() {
        Progress.State now = ended
                ? Progress.State.ENDED
                : failure != null
                        ? Progress.State.FAILING
                        : state == State.PAUSED ? Progress.State.SUSPENDED : Progress.State.RUNNING;
        return gauge.progress(now);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try (checkpoint) {
            while (state != State.STOPPING && !isDone()) {
                guardedStep();
            }
            drain();
            checkpoint.rest(inFlight, repeats);
            logEnd();
        } catch (InterruptedException e) {
            // Camel's executor was shut down by force.
            checkpoint.flush(inFlight);
            Thread.currentThread().interrupt();
        } finally {
            intake.close();
            gauge.show(inFlight, redeliveries);
            ended = true;
            thread = null;
        }
    }

    private boolean isDone() {
        return intake.isAtEnd() && inFlight.size() == 0;
    }

    /**
     * What is thrown, by a journal, by what a host has bound, or by a mistake of ours, must not end the delivery in silence:
     * it is told, and tried again at the first entry that was not handed over.
     */
    private void guardedStep() throws InterruptedException {
        try {
            if (failure != null && retryAtNanos - nanoTime.getAsLong() > 0) {
                await(LONGEST_WAIT);
                return;
            }
            step();
            failure = null;
        } catch (RuntimeException | Error e) {
            failure = Causes.printable(e);
            retryAtNanos = nanoTime.getAsLong() + AFTER_FAILURE.toNanos();
            intake.close();
            log.error(
                    "{}: cannot go on at sequence {} ({}); nothing is skipped, tried again in {} s",
                    plan.logName(),
                    inFlight.next(),
                    Causes.line(e),
                    AFTER_FAILURE.toSeconds());
            obstructed(e);
        }
    }

    /** Whoever is told may throw, too. */
    private void obstructed(Throwable cause) {
        try {
            target.obstructed(cause);
        } catch (RuntimeException | Error e) {
            log.error("{}: the exception handler failed ({})", plan.logName(), Causes.silent(e));
        }
    }

    private void step() throws InterruptedException {
        for (Message message = mailbox.poll(); message != null; message = mailbox.poll()) {
            hear(message);
        }
        checkpoint.offer(inFlight);
        gauge.show(inFlight, redeliveries);
        if (state == State.PAUSED) {
            checkpoint.flush(inFlight);
            await(LONGEST_WAIT);
            return;
        }
        Optional<Delivery> due = redeliveries.due();
        if (due.isPresent()) {
            deliver(due.get());
        } else if (inFlight.size() >= plan.maxInflight() || !checkpoint.admits(inFlight) || intake.isAtEnd()) {
            await(redeliveries.untilDue(LONGEST_WAIT));
        } else {
            read();
        }
    }

    private void await(Duration limit) throws InterruptedException {
        Message message = mailbox.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (message != null) {
            hear(message);
        }
    }

    private void hear(Message message) {
        if (message instanceof Ended end) {
            settle(end.delivery(), end.outcome());
        }
    }

    private void settle(Delivery delivery, Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            inFlight.end(delivery.slot());
        } else if (outcome instanceof Outcome.Failed failed) {
            failed(delivery, failed.cause());
        } else if (outcome instanceof Outcome.Refused refused) {
            refused(delivery, refused.cause());
        }
    }

    private void failed(Delivery delivery, Throwable cause) {
        gauge.failed(cause);
        long sequence = delivery.entry().sequence();
        if (plan.breakOnFirstError()) {
            Duration delay = redeliveries.add(delivery);
            log.warn(
                    "{}: the exchange for sequence {} failed (attempt {}: {}); again in {} ms",
                    plan.logName(),
                    sequence,
                    delivery.attempt(),
                    Causes.silent(cause),
                    delay.toMillis());
        } else {
            inFlight.end(delivery.slot());
            log.error(
                    "{}: the exchange for sequence {} failed ({}) and is PASSED OVER (breakOnFirstError=false), number {}"
                            + " since the start",
                    plan.logName(),
                    sequence,
                    Causes.silent(cause),
                    gauge.passOver());
        }
    }

    /** Not done and never passed over, so that it comes again, here or after a restart. */
    private void refused(Delivery delivery, Throwable cause) {
        redeliveries.add(delivery);
        log.warn(
                "{}: the exchange for sequence {} ended with the route ({}); it is delivered again when the route goes on",
                plan.logName(),
                delivery.entry().sequence(),
                cause.getClass().getName());
    }

    private void read() throws InterruptedException {
        Entry entry = intake.poll();
        if (entry == null && inFlight.size() > 0) {
            // An asynchronous exchange tells its end by the mailbox, so that is where to wait while there is one.
            await(Duration.ofMillis(10));
        } else if (entry == null) {
            checkpoint.flush(inFlight);
            gauge.show(inFlight, redeliveries);
            entry = intake.poll(LONGEST_WAIT);
        }
        if (entry != null && state == State.RUNNING) {
            checkpoint.depart(inFlight);
            InFlight.Slot slot = inFlight.begin(entry.sequence());
            deliver(new Delivery(entry, 1, repeats.mayRepeat(entry.sequence()), slot));
        } else if (entry != null) {
            // Suspended while we waited.
            intake.keep(entry);
        }
    }

    /** A target that throws has failed; what it may have told before counts. */
    private void deliver(Delivery delivery) {
        AtomicBoolean told = new AtomicBoolean();
        Consumer<Outcome> outcome = ended -> {
            if (told.compareAndSet(false, true)) {
                tell(delivery, ended);
            }
        };
        try {
            target.deliver(delivery, outcome);
        } catch (RuntimeException | Error e) {
            outcome.accept(new Outcome.Failed(e));
        }
    }

    /** Most routes are synchronous, and then nobody has to be woken. */
    private void tell(Delivery delivery, Outcome outcome) {
        if (Thread.currentThread() == thread) {
            settle(delivery, outcome);
        } else {
            mailbox.add(new Ended(delivery, outcome));
        }
    }

    /** Waits for exchanges under way; failed ones are left to the next start. */
    private void drain() throws InterruptedException {
        long until = nanoTime.getAsLong() + DRAIN.toNanos();
        while (inFlight.size() > redeliveries.size() && until - nanoTime.getAsLong() > 0) {
            await(LONGEST_WAIT);
        }
    }

    private void logEnd() {
        if (plan.replay() && state != State.STOPPING) {
            log.info(
                    "{}: the replay ended before sequence {}; this consumer delivers nothing more",
                    plan.logName(),
                    inFlight.next());
        } else if (inFlight.size() > 0) {
            log.warn(
                    "{}: stopped with {} events not done; delivery begins again at sequence {} if there is a cursor",
                    plan.logName(),
                    inFlight.size(),
                    inFlight.position());
        }
    }
}
