package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryJournal;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event is done when its exchange is, after the error handler, whatever a route is made of. */
class AcknowledgementTest {

    private static final String FROM = "zoomws:main?cursor=c&from=earliest&redeliveryDelay=1";

    private final MemoryJournal journal = new MemoryJournal();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CamelContext camel = new DefaultCamelContext();

    /** Ends each exchange on a thread of its own, with a failure at the first attempt. */
    private static final class FailsOnceElsewhere extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            int attempt = exchange.getMessage().getHeader(ZoomWsConstants.ATTEMPT, Integer.class);
            CompletableFuture.runAsync(() -> {
                if (attempt == 1) {
                    exchange.setException(new IllegalStateException("down"));
                }
                callback.done(false);
            });
            return false;
        }
    }

    /** A transaction as a resource would have it: what is in it is undone if the route fails. */
    private final class Transaction implements TransactedPolicy {
        @Override
        public void beforeWrap(Route route, NamedNode definition) {}

        @Override
        public Processor wrap(Route route, Processor processor) {
            return new DelegateAsyncProcessor(processor) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    return super.process(exchange, doneSync -> {
                        boolean undone = exchange.isRollbackOnly() || exchange.getException() != null;
                        seen.add((undone ? "undone " : "committed ") + sequence(exchange));
                        callback.done(doneSync);
                    });
                }
            };
        }
    }

    @AfterEach
    void stop() {
        camel.stop();
        assertThat(journal.openCursors()).isZero();
    }

    @Test
    void whatFailsOnAnotherThreadComesAgain() throws Exception {
        journal.event("a").event("b").event("c");
        start(route -> route.process(new FailsOnceElsewhere()).process(this::see), "&maxInflight=3");
        assertThat(List.of(take(), take(), take())).containsExactlyInAnyOrder("1 true", "2 true", "3 true");
        journal.awaitSaved("c", 4);
    }

    @Test
    void whatATransactionUndidComesAgain() throws Exception {
        journal.event("a").event("b");
        camel.getRegistry().bind("transaction", new Transaction());
        start(
                route -> route.transacted("transaction").process(exchange -> {
                    if (exchange.getMessage().getHeader(ZoomWsConstants.ATTEMPT, Integer.class) == 1) {
                        exchange.setRollbackOnly(true);
                    }
                }),
                "");
        assertThat(List.of(take(), take(), take(), take()))
                .containsExactly("undone 1", "committed 1", "undone 2", "committed 2");
        journal.awaitSaved("c", 3);
    }

    @Test
    void whatCamelsErrorHandlerMendsIsDeliveredOnce() throws Exception {
        journal.event("a");
        start(
                route -> route.process(exchange -> {
                            if (!Boolean.TRUE.equals(exchange.getMessage().getHeader(Exchange.REDELIVERED))) {
                                throw new IllegalStateException("down");
                            }
                        })
                        .process(this::see),
                "",
                3);
        assertThat(take()).isEqualTo("1 false");
        journal.awaitSaved("c", 2);
    }

    @Test
    void aRouteThatStopsItselfHasDoneTheEventThatMadeItStop() throws Exception {
        journal.event("a").event("b");
        start(
                route -> route.process(this::see)
                        .choice()
                        .when(exchange -> sequence(exchange) == 1)
                        .to("controlbus:route?routeId=r&action=stop&async=true"),
                "");
        Waiting.until(() -> camel.getRouteController().getRouteStatus("r").isStopped());
        assertThat(journal.saved("c")).isGreaterThan(1);
        camel.getRouteController().startRoute("r");
        journal.awaitSaved("c", 3);
        assertThat(seen).containsExactly("1 false", "2 false");
    }

    @Test
    void whatIsUnderWayWhenTheContextIsStoppedByForceIsNotDone() throws Exception {
        journal.event("a");
        camel.getShutdownStrategy().setTimeout(50);
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getExecutorServiceManager().setShutdownAwaitTermination(50);
        CountDownLatch never = new CountDownLatch(1);
        start(
                route -> route.process(exchange -> {
                    see(exchange);
                    never.await();
                }),
                "&breakOnFirstError=false");
        assertThat(take()).isEqualTo("1 false");
        camel.stop();
        Waiting.until(() -> journal.openCursors() == 0);
        assertThat(journal.saved("c")).isEqualTo(1);
        try (var cursor = journal.open("c")) {
            assertThat(cursor.isAtRest()).isFalse();
        }
    }

    @Test
    void afterACrashWhatMayBeARepeatSaysSoAndAfterAnOrderlyStopNothingDoes() throws Exception {
        for (int n = 0; n < 1500; n++) {
            journal.event("a");
        }
        // Whoever saved this did not let go of it.
        try (var crashed = journal.open("c")) {
            crashed.save(200);
        }
        start(route -> route.process(this::see), "");
        for (int sequence = 200; sequence <= 1500; sequence++) {
            assertThat(take()).isEqualTo(sequence + " " + (sequence < 200 + Checkpoint.ENTRIES));
        }
        camel.getRouteController().stopRoute("r");
        journal.event("b");
        camel.getRouteController().startRoute("r");
        assertThat(take()).isEqualTo("1501 false");
    }

    @Test
    void anIdempotentConsumerSkipsRepeatsByTheirId() throws Exception {
        journal.event("a").event("b");
        MemoryIdempotentRepository known = new MemoryIdempotentRepository();
        known.start();
        known.add("id-1");
        start(
                route -> route.idempotentConsumer()
                        .header(ZoomWsConstants.ID)
                        .idempotentRepository(known)
                        .process(this::see),
                "");
        assertThat(take()).isEqualTo("2 false");
        journal.awaitSaved("c", 3);
    }

    @Test
    void aBodyThatTheRouteTookAwayStaysAway() throws Exception {
        journal.event("a");
        start(
                route -> route.process(exchange -> {
                    exchange.getMessage().setBody(null);
                    seen.add(String.valueOf(exchange.getMessage().getBody()));
                }),
                "");
        assertThat(take()).isEqualTo("null");
    }

    /** What is added to a route. */
    private interface Steps {
        void addTo(RouteDefinition route);
    }

    private void start(Steps steps, String options) throws Exception {
        start(steps, options, 0);
    }

    private void start(Steps steps, String options, int redeliveries) throws Exception {
        camel.getRegistry().bind("zoomws-reader-main", journal);
        camel.getRegistry().bind("zoomws-cursors-main", journal);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(
                        defaultErrorHandler().maximumRedeliveries(redeliveries).redeliveryDelay(1));
                steps.addTo(from(FROM + options).routeId("r"));
            }
        });
        camel.start();
    }

    private void see(Exchange exchange) {
        assertThat(exchange.getMessage().getHeader(ZoomWsConstants.MAY_REPEAT))
                .isEqualTo(exchange.isExternalRedelivered());
        seen.add(sequence(exchange) + " " + exchange.isExternalRedelivered());
    }

    private static long sequence(Exchange exchange) {
        return exchange.getMessage().getHeader(ZoomWsConstants.SEQUENCE, Long.class);
    }

    private String take() throws InterruptedException {
        String taken = seen.poll(20, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came within 20 s");
        }
        return taken;
    }
}
