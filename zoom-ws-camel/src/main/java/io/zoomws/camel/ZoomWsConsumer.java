package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.Position;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects a {@link Pump} to a route and to the life of a Camel context. */
final class ZoomWsConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger log = LoggerFactory.getLogger(ZoomWsConsumer.class);

    private final ZoomWsEndpoint endpoint;
    private volatile @Nullable Pump pump;
    private volatile @Nullable Thread thread;

    ZoomWsConsumer(ZoomWsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        setHealthCheck(new ConsumerHealth(this));
    }

    @Override
    protected void doStart() throws Exception {
        Plan plan = Plan.of(endpoint);
        JournalAccess journal = JournalAccess.find(
                getEndpoint().getCamelContext(), plan.name(), plan.subscription(), endpoint.getData());
        boolean started = false;
        try {
            super.doStart();
            start(plan, journal);
            started = true;
        } finally {
            if (!started) {
                journal.close();
            }
        }
    }

    private void start(Plan plan, JournalAccess journal) {
        long end = plan.replay() ? journal.reader().resolve(plan.to()) : Long.MAX_VALUE;
        Cursor cursor = cursor(plan, journal);
        boolean started = false;
        try {
            start(plan, journal, cursor, end);
            started = true;
        } finally {
            if (!started) {
                pump = null;
                if (cursor != null) {
                    cursor.close();
                }
            }
        }
    }

    private void start(Plan plan, JournalAccess journal, @Nullable Cursor cursor, long end) {
        long start = position(plan, journal, cursor);
        Checkpoint checkpoint = new Checkpoint(cursor, start, System::nanoTime);
        Target route = (entry, attempt, outcome) -> deliver(plan, entry, attempt, outcome);
        Pump pump = new Pump(plan, journal.reader(), start, end, route, checkpoint, System::nanoTime);
        this.pump = pump;
        log.info(
                "{}: {} from sequence {}{}",
                plan.name(),
                plan.replay() ? "replay" : "tail",
                start,
                plan.replay() ? " to before " + end : "");
        ExecutorServiceManager executors = endpoint.getCamelContext().getExecutorServiceManager();
        ExecutorService executor = executors.newSingleThreadExecutor(this, plan.name());
        try {
            executor.execute(() -> {
                thread = Thread.currentThread();
                try (journal) {
                    pump.run();
                } finally {
                    thread = null;
                    // No interrupt: this is its last act.
                    executors.shutdown(executor);
                }
            });
        } catch (RejectedExecutionException e) {
            executors.shutdownNow(executor);
            throw e;
        }
    }

    private static @Nullable Cursor cursor(Plan plan, JournalAccess journal) {
        String name = plan.cursor();
        if (name == null) {
            return null;
        }
        Cursors cursors = journal.cursors();
        if (cursors == null) {
            throw Plan.wrong(
                    plan.name(),
                    "cursor",
                    name,
                    "the registry holds no cursors for this subscription: bind a Cursors as "
                            + JournalAccess.CURSORS_BEAN + plan.subscription());
        }
        try {
            return cursors.open(name);
        } catch (IllegalArgumentException e) {
            throw Plan.wrong(
                    plan.name(),
                    "cursor",
                    name,
                    "use letters, digits, dot, hyphen and underscore, beginning with a letter or digit, at most 100");
        } catch (JournalException e) {
            throw new IllegalArgumentException(plan.name() + ": cursor=" + name + ": " + e.getMessage(), e);
        }
    }

    private static long position(Plan plan, JournalAccess journal, @Nullable Cursor cursor) {
        if (cursor == null) {
            return journal.reader().resolve(plan.from());
        }
        if (cursor.position().isPresent()) {
            long saved = cursor.position().getAsLong();
            refuseFuture(plan, cursor.name(), saved, journal.reader().resolve(Position.LATEST));
            return saved;
        }
        long start = journal.reader().resolve(plan.from());
        long latest = journal.reader().resolve(Position.LATEST);
        if (start > latest) {
            throw Plan.wrong(
                    plan.name(),
                    "from",
                    plan.from(),
                    "the journal ends at " + (latest - 1) + "; use latest to begin with what comes");
        }
        // At once: "latest" must mean the same after a crash before the first event.
        cursor.save(start);
        return start;
    }

    /** A position behind the end of the journal would skip, without a word, whatever comes until the journal gets there. */
    private static void refuseFuture(Plan plan, String cursor, long position, long latest) {
        if (position > latest) {
            throw new IllegalArgumentException(plan.name() + ": cursor=" + cursor + " stands at sequence " + position
                    + ", but the journal ends at " + (latest - 1)
                    + ": it was saved for another journal, and what comes next would be skipped. Restore that journal, or delete"
                    + " the cursor, or use one of another name");
        }
    }

    private void deliver(Plan plan, Entry entry, int attempt, Consumer<Outcome> outcome) {
        Exchange exchange = createExchange(false);
        try {
            Exchanges.fill(exchange, entry, plan.replay(), attempt);
        } catch (RuntimeException | Error e) {
            releaseExchange(exchange, false);
            throw e;
        }
        getAsyncProcessor().process(exchange, doneSync -> {
            Outcome result = outcome(exchange);
            releaseExchange(exchange, false);
            outcome.accept(result);
        });
    }

    private Outcome outcome(Exchange exchange) {
        Throwable cause = exchange.getException();
        if (cause == null && exchange.isRollbackOnly()) {
            // A transacted route was rolled back: what it did is undone, so the event is not done.
            cause = new MarkedForRollback();
        }
        if (cause == null) {
            return new Outcome.Done();
        }
        // Camel suspends a consumer first and may then shut its route down by force, which interrupts and rejects what
        // is
        // under way.
        boolean ending = !isRunAllowed() || isSuspendingOrSuspended();
        return ending ? new Outcome.Refused(cause) : new Outcome.Failed(cause);
    }

    @Override
    protected void doSuspend() throws Exception {
        Pump running = pump;
        if (running != null) {
            running.pause();
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        Pump running = pump;
        if (running != null) {
            running.resume();
        }
    }

    @Override
    protected void doStop() throws Exception {
        Pump running = pump;
        pump = null;
        if (running != null) {
            running.stop();
            // A route that stops itself does so on the pump's own thread, which ends when the exchange does.
            if (Thread.currentThread() != thread && !running.awaitEnd(Pump.DRAIN.plusSeconds(1))) {
                log.warn(
                        "{}: still busy with an exchange {} s after the stop; the position is saved when it ends",
                        endpoint,
                        Pump.DRAIN.toSeconds() + 1);
            }
        }
        super.doStop();
    }

    /** Why the route gets nothing at the moment although it is started; null if all is well. */
    @Nullable
    Throwable failure() {
        Pump running = pump;
        return running == null ? null : running.failure();
    }

    /** How many events were passed over since the start, because their exchange failed and breakOnFirstError is false. */
    long passedOver() {
        Pump running = pump;
        return running == null ? 0 : running.passedOver();
    }
}
