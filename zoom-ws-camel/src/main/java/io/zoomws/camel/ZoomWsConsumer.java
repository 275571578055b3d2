package io.zoomws.camel;

import io.zoomws.spi.Position;
import java.time.Duration;
import java.util.Optional;
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
    private volatile @Nullable Shift shift;

    /** Of the shift; usable while that is. */
    private volatile @Nullable JournalAccess journal;

    ZoomWsConsumer(ZoomWsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        setHealthCheck(new ConsumerHealth(this));
    }

    @Override
    protected void doStart() throws Exception {
        Plan plan = Plan.of(endpoint, getRouteId());
        JournalAccess found = JournalAccess.find(endpoint, plan);
        boolean started = false;
        try {
            super.doStart();
            start(plan, found);
            started = true;
        } finally {
            if (!started) {
                found.close();
            }
        }
    }

    private void start(Plan plan, JournalAccess found) {
        Shift begun = Shift.begin(plan, found, new Steps(plan));
        shift = begun;
        journal = found;
        boolean started = false;
        try {
            run(plan, begun);
            found.lease().begin();
            started = true;
        } finally {
            if (!started) {
                shift = null;
                journal = null;
                begun.abandon();
            }
        }
    }

    private void run(Plan plan, Shift begun) {
        ExecutorServiceManager executors = endpoint.getCamelContext().getExecutorServiceManager();
        ExecutorService executor = executors.newSingleThreadExecutor(this, plan.logName());
        try {
            executor.execute(() -> {
                try {
                    begun.run();
                } finally {
                    // No interrupt: this is its last act.
                    executors.shutdown(executor);
                }
            });
        } catch (RejectedExecutionException e) {
            executors.shutdownNow(executor);
            throw e;
        }
    }

    /** The steps of the route. */
    private final class Steps implements Target {

        private final Plan plan;

        Steps(Plan plan) {
            this.plan = plan;
        }

        @Override
        public void deliver(Delivery delivery, Consumer<Outcome> outcome) {
            Exchange exchange = createExchange(false);
            exchange.setProperty(ZoomWsConstants.ENTRY_PROPERTY, delivery.entry());
            exchange.setIn(new EntryMessage(exchange, delivery, plan.replay()));
            getAsyncProcessor().process(exchange, doneSync -> {
                Outcome result = outcome(exchange);
                releaseExchange(exchange, false);
                outcome.accept(result);
            });
        }

        /** To whom the user named; without, the log has it already, and a stack trace each time would say no more. */
        @Override
        public void obstructed(Throwable cause) {
            if (endpoint.isBridgeErrorHandler() || endpoint.getExceptionHandler() != null) {
                getExceptionHandler()
                        .handleException(plan.logName() + ": nothing can be delivered at the moment", cause);
            }
        }
    }

    private Outcome outcome(Exchange exchange) {
        Throwable cause = exchange.getException();
        if (cause == null && exchange.isRollbackOnly()) {
            // A transacted route was rolled back: what it did is undone, so the event is not done.
            cause = new MarkedForRollback();
        }
        if (cause == null) {
            return Outcome.DONE;
        }
        // Camel suspends a consumer first and may then shut its route down by force, which interrupts and rejects what
        // is
        // under way.
        boolean ending = !isRunAllowed() || isSuspendingOrSuspended();
        return ending ? new Outcome.Refused(cause) : new Outcome.Failed(cause);
    }

    @Override
    protected void doSuspend() throws Exception {
        Shift running = shift;
        if (running != null) {
            running.pause();
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        Shift running = shift;
        if (running != null) {
            running.resume();
        }
    }

    @Override
    protected void doStop() throws Exception {
        Shift running = shift;
        shift = null;
        journal = null;
        if (running != null) {
            running.stop();
            Duration patience = patience();
            if (!running.awaitEnd(patience)) {
                log.warn(
                        "{}: still busy with an exchange {} s after the stop; what is not done is delivered again",
                        running.logName(),
                        patience.toSeconds());
            }
        }
        super.doStop();
    }

    /** Whoever stops by force has waited already, as long as Camel was told to. */
    private Duration patience() {
        boolean forced = endpoint.getCamelContext().getShutdownStrategy().isForceShutdown();
        return forced ? Duration.ofSeconds(1) : Pump.DRAIN.plusSeconds(1);
    }

    /** Why the route gets nothing at the moment although it is started; null if all is well. */
    @Nullable
    Throwable failure() {
        Shift running = shift;
        return running == null ? null : running.failure();
    }

    /** What it waits for, if it is a standby now. */
    Optional<String> standingBy() {
        Shift running = shift;
        return running == null ? Optional.empty() : running.standingBy();
    }

    /** Why nothing comes that could be delivered, if this context receives by itself; empty if all is well. */
    Optional<String> trouble() {
        JournalAccess open = journal;
        return open == null ? Optional.empty() : open.lease().trouble();
    }

    /** How far it is. */
    Progress progress() {
        Shift running = shift;
        return running == null ? Progress.of(Progress.State.STOPPED) : running.progress();
    }

    /** The sequence to come in the journal; empty if the route is stopped. */
    Optional<Long> endOfJournal() {
        JournalAccess open = journal;
        return open == null ? Optional.empty() : Optional.of(open.reader().resolve(Position.LATEST));
    }
}
