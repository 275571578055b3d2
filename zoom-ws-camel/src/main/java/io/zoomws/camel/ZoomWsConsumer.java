package io.zoomws.camel;

import io.zoomws.spi.Cursor;
import io.zoomws.spi.Cursors;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
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
    }

    @Override
    protected void doStart() throws Exception {
        Plan plan = Plan.of(endpoint);
        JournalAccess journal = JournalAccess.find(
                getEndpoint().getCamelContext(), plan.name(), plan.subscription(), endpoint.getData());
        try {
            start(plan, journal);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
        super.doStart();
    }

    private void start(Plan plan, JournalAccess journal) {
        long end = plan.replay() ? journal.reader().resolve(plan.to()) : Long.MAX_VALUE;
        Cursor cursor = cursor(plan, journal);
        long start;
        try {
            start = position(plan, journal, cursor);
        } catch (RuntimeException e) {
            if (cursor != null) {
                cursor.close();
            }
            throw e;
        }
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
        ExecutorService executor =
                endpoint.getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, plan.name());
        executor.execute(() -> {
            thread = Thread.currentThread();
            try (journal) {
                pump.run();
            } finally {
                thread = null;
                // No interrupt: this is its last act.
                endpoint.getCamelContext().getExecutorServiceManager().shutdown(executor);
            }
        });
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
        if (cursor != null && cursor.position().isPresent()) {
            return cursor.position().getAsLong();
        }
        long start = journal.reader().resolve(plan.from());
        if (cursor != null) {
            // At once: "latest" must mean the same after a crash before the first event.
            cursor.save(start);
        }
        return start;
    }

    private void deliver(Plan plan, Entry entry, int attempt, Consumer<Outcome> outcome) {
        Exchange exchange = createExchange(false);
        Exchanges.fill(exchange, entry, plan.replay(), attempt);
        getAsyncProcessor().process(exchange, doneSync -> {
            Outcome result = outcome(exchange);
            releaseExchange(exchange, false);
            outcome.accept(result);
        });
    }

    private Outcome outcome(Exchange exchange) {
        Throwable cause = exchange.getException();
        // Camel suspends a consumer first and may then shut its route down by force.
        boolean ending = !isRunAllowed() || isSuspendingOrSuspended();
        if (ending && cause instanceof RejectedExecutionException) {
            return new Outcome.Refused();
        }
        if (cause != null) {
            return new Outcome.Failed(cause);
        }
        // A transacted route was rolled back: what it did is undone, so the event is not done.
        return exchange.isRollbackOnly()
                ? new Outcome.Failed(new IllegalStateException("the exchange was marked for rollback"))
                : new Outcome.Done();
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

    /** How many events were passed over since the start, because their exchange failed and breakOnFirstError is false. */
    long passedOver() {
        Pump running = pump;
        return running == null ? 0 : running.passedOver();
    }
}
