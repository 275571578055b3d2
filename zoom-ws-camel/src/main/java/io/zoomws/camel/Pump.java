package io.zoomws.camel;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
final class Pump implements Runnable {

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
    private final JournalReader reader;
    private final long end;
    private final Target target;
    private final Checkpoint checkpoint;
    private final LongSupplier nanoTime;
    private final InFlight inFlight;
    private final Redeliveries redeliveries;

    /** Bounded by maxInflight, plus a few wake-ups. */
    private final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong passedOver = new AtomicLong();
    private volatile State state = State.RUNNING;
    private volatile @Nullable Throwable failure;
    private long retryAtNanos;
    private @Nullable Tailer tailer;
    private @Nullable Entry pending;

    Pump(
            Plan plan,
            JournalReader reader,
            long start,
            long end,
            Target target,
            Checkpoint checkpoint,
            LongSupplier nanoTime) {
        this.plan = plan;
        this.reader = reader;
        this.end = end;
        this.target = target;
        this.checkpoint = checkpoint;
        this.nanoTime = nanoTime;
        this.inFlight = new InFlight(start);
        this.redeliveries = new Redeliveries(plan.redeliveryDelay(), nanoTime);
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

    private void change(State to) {
        if (state != State.STOPPING) {
            state = to;
        }
        mailbox.add(new Wake());
    }

    /** Waits for the end of the thread. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why nothing is delivered at the moment, or null if all is well. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** How many entries were passed over because their exchange failed. */
    long passedOver() {
        return passedOver.get();
    }

    @Override
    public void run() {
        try (checkpoint) {
            while (state != State.STOPPING && !atEnd()) {
                guardedStep();
            }
            drain();
            checkpoint.flush(inFlight.position());
            logEnd();
        } catch (InterruptedException e) {
            // Camel's executor was shut down by force.
            checkpoint.flush(inFlight.position());
            Thread.currentThread().interrupt();
        } finally {
            closeTailer();
            ended.countDown();
        }
    }

    private boolean atEnd() {
        return inFlight.next() >= end && inFlight.size() == 0;
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
            failure = printable(e);
            retryAtNanos = nanoTime.getAsLong() + AFTER_FAILURE.toNanos();
            pending = null;
            closeTailer();
            log.error(
                    "{}: cannot go on at sequence {} ({}); nothing is skipped, tried again in {} s",
                    plan.name(),
                    inFlight.next(),
                    Causes.line(e),
                    AFTER_FAILURE.toSeconds());
        }
    }

    private void step() throws InterruptedException {
        for (Message message = mailbox.poll(); message != null; message = mailbox.poll()) {
            hear(message);
        }
        checkpoint.offer(inFlight.position());
        if (state == State.PAUSED) {
            checkpoint.flush(inFlight.position());
            await(LONGEST_WAIT);
            return;
        }
        Optional<Delivery> due = redeliveries.due();
        if (due.isPresent()) {
            deliver(due.get());
        } else if (inFlight.size() >= plan.maxInflight() || inFlight.next() >= end) {
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
            Delivery delivery = end.delivery();
            if (end.outcome() instanceof Outcome.Done) {
                inFlight.end(delivery.entry().sequence());
            } else if (end.outcome() instanceof Outcome.Failed failed) {
                failed(delivery, failed.cause());
            } else if (end.outcome() instanceof Outcome.Refused refused) {
                refused(delivery, refused.cause());
            }
        }
    }

    /** A stranger's exception may throw when it is asked for its message. */
    private static Throwable printable(Throwable cause) {
        try {
            String unused = cause.toString();
            return cause;
        } catch (RuntimeException | Error e) {
            return new IllegalStateException(cause.getClass().getName() + ", whose message cannot be read");
        }
    }

    private void failed(Delivery delivery, Throwable cause) {
        long sequence = delivery.entry().sequence();
        if (plan.breakOnFirstError()) {
            Duration delay = redeliveries.add(delivery);
            log.warn(
                    "{}: the exchange for sequence {} failed (attempt {}: {}); again in {} ms",
                    plan.name(),
                    sequence,
                    delivery.attempt(),
                    Causes.silent(cause),
                    delay.toMillis());
        } else {
            inFlight.end(sequence);
            log.error(
                    "{}: the exchange for sequence {} failed ({}) and is PASSED OVER (breakOnFirstError=false), number {}"
                            + " since the start",
                    plan.name(),
                    sequence,
                    Causes.silent(cause),
                    passedOver.incrementAndGet());
        }
    }

    /** Not done and never passed over, so that it comes again, here or after a restart. */
    private void refused(Delivery delivery, Throwable cause) {
        redeliveries.add(delivery);
        log.warn(
                "{}: the exchange for sequence {} ended with the route ({}); it is delivered again when the route goes on",
                plan.name(),
                delivery.entry().sequence(),
                cause.getClass().getName());
    }

    private void read() throws InterruptedException {
        Entry entry = pending;
        pending = null;
        entry = entry == null ? next() : entry;
        if (entry == null) {
            passOver();
            return;
        }
        if (state != State.RUNNING) {
            // Suspended while we waited: keep it.
            pending = entry;
            return;
        }
        if (entry.sequence() < end && concerns(entry)) {
            inFlight.begin(entry.sequence());
            deliver(new Delivery(entry, 1));
        } else {
            inFlight.skip(Math.min(entry.sequence(), end - 1));
        }
    }

    /** What concerns nobody is not given at all, but the position is behind it. */
    private void passOver() {
        long reached = tailer == null ? 0 : Math.min(tailer.position(), end);
        if (reached > inFlight.next()) {
            inFlight.skip(reached - 1);
        }
    }

    private Tailer open() {
        Tailer opened = reader.tail(inFlight.next(), kinds(), plan.filter());
        if (opened.position() > inFlight.next()) {
            log.error(
                    "{}: sequences {} to {} are no longer in the journal and were NOT delivered; reading goes on at {}",
                    plan.name(),
                    inFlight.next(),
                    opened.position() - 1,
                    opened.position());
        }
        tailer = opened;
        return opened;
    }

    private Set<EntryKind> kinds() {
        return plan.includeGaps() ? EnumSet.of(EntryKind.EVENT, EntryKind.GAP) : EnumSet.of(EntryKind.EVENT);
    }

    private @Nullable Entry next() throws InterruptedException {
        Tailer open = tailer == null ? open() : tailer;
        Entry entry = open.poll();
        if (entry != null) {
            return entry;
        }
        // An asynchronous exchange tells its end by the mailbox, so that is where to wait while there is one.
        if (inFlight.size() > 0) {
            await(Duration.ofMillis(10));
            return open.poll();
        }
        checkpoint.flush(inFlight.position());
        return open.poll(LONGEST_WAIT);
    }

    private boolean concerns(Entry entry) {
        if (entry instanceof ZoomEvent event) {
            return plan.includeDuplicates() || event.duplicateOf().isEmpty();
        }
        return entry instanceof Gap;
    }

    /** A target that throws has failed; what it may have told before counts. */
    private void deliver(Delivery delivery) {
        AtomicBoolean told = new AtomicBoolean();
        Consumer<Outcome> outcome = ended -> {
            if (told.compareAndSet(false, true)) {
                mailbox.add(new Ended(delivery, ended));
            }
        };
        try {
            target.deliver(delivery.entry(), delivery.attempt(), outcome);
        } catch (RuntimeException | Error e) {
            outcome.accept(new Outcome.Failed(e));
        }
    }

    /** Waits for exchanges under way; failed ones are left to the next start. */
    private void drain() throws InterruptedException {
        long until = nanoTime.getAsLong() + DRAIN.toNanos();
        while (inFlight.size() > redeliveries.size() && until - nanoTime.getAsLong() > 0) {
            Message message = mailbox.poll(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
            if (message != null) {
                hear(message);
            }
        }
    }

    private void logEnd() {
        if (plan.replay() && state != State.STOPPING) {
            log.info("{}: the replay ended before sequence {}; this consumer delivers nothing more", plan.name(), end);
        } else if (inFlight.size() > 0) {
            log.warn(
                    "{}: stopped with {} events not done; delivery begins again at sequence {} if there is a cursor",
                    plan.name(),
                    inFlight.size(),
                    inFlight.position());
        }
    }

    private void closeTailer() {
        Tailer open = tailer;
        tailer = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                log.warn("{}: the journal could not be closed", plan.name(), e);
            }
        }
    }
}
