package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.JournalException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong when a route starts or stops. */
class StartAndStopTest {

    private final MemoryJournal journal = new MemoryJournal();
    private final CamelContext camel = new DefaultCamelContext();
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        camel.stop();
        assertThat(journal.openCursors()).isZero();
    }

    @Test
    void aCursorFromTheFutureIsRefused() throws Exception {
        journal.event("a").event("b").event("c");
        save("c", 1000);
        route("zoomws:main?cursor=c", exchanges::add);

        assertThatThrownBy(camel::start)
                .hasMessage(
                        "zoomws:main: cursor=c stands at sequence 1000, but the journal ends at 3: it was saved for another"
                                + " journal, and what comes next would be skipped. Restore that journal, or delete the cursor, or use"
                                + " one of another name, or set onLostPosition");
        assertThat(journal.openCursors()).isZero();
    }

    @Test
    void aCursorAtTheEndIsNotFromTheFuture() throws Exception {
        journal.event("a");
        save("c", 2);
        route("zoomws:main?cursor=c", exchanges::add);
        camel.start();
        journal.event("b");

        assertThat(take().getMessage().getHeader(ZoomWsConstants.SEQUENCE)).isEqualTo(2L);
    }

    @Test
    void aFirstPositionInTheFutureIsRefusedBeforeItIsSaved() throws Exception {
        journal.event("a");
        route("zoomws:main?cursor=c&from=1000", exchanges::add);

        assertThatThrownBy(camel::start)
                .hasMessage(
                        "zoomws:main: from=1000 is not allowed: the journal ends at 1; use latest to begin with what"
                                + " comes");
        assertThat(journal.saves()).isEmpty();
    }

    @Test
    void aConsumerWithoutAThreadLetsGoOfItsCursor() throws Exception {
        camel.getExecutorServiceManager().setThreadPoolFactory(new DefaultThreadPoolFactory() {
            @Override
            public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory factory) {
                throw new RejectedExecutionException("no more threads");
            }
        });
        route("zoomws:main?cursor=c", exchanges::add);

        assertThatThrownBy(camel::start).hasMessage("no more threads");
        assertThat(journal.openCursors()).isZero();
    }

    @Test
    void aTimeThatNoNumberOfMillisecondsReachesIsDelivered() throws Exception {
        journal.add(new MemoryEntry.Event(1, "far", OptionalLong.empty(), Optional.of(Instant.MAX)))
                .event("b");
        route("zoomws:main?cursor=c&from=earliest", exchange -> exchanges.add(exchange.copy()));
        camel.start();

        Exchange first = take();
        assertThat(first.getMessage().getHeader(ZoomWsConstants.OCCURRED_AT)).isEqualTo(Instant.MAX);
        assertThat(first.getMessage().getMessageTimestamp())
                .isEqualTo(Instant.parse("2026-11-23T20:00:00.123Z").toEpochMilli());
        assertThat(take().getMessage().getHeader(ZoomWsConstants.SEQUENCE)).isEqualTo(2L);
    }

    @Test
    void anEventThatFailsWhileItsRouteIsStoppedIsNotPassedOver() throws Exception {
        journal.event("a");
        CountDownLatch mayEnd = new CountDownLatch(1);
        route("zoomws:main?cursor=c&from=earliest&breakOnFirstError=false", exchange -> {
            exchanges.add(exchange);
            assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
            throw new InterruptedException("by force");
        });
        camel.start();
        take();
        Thread stopper = new Thread(camel::stop, "stopper");
        stopper.start();
        Waiting.untilSuspended(camel);
        mayEnd.countDown();
        stopper.join();

        assertThat(journal.saves()).containsOnly(1L);
    }

    @Test
    void aConsumerThatDeliversIsHealthy() throws Exception {
        route("zoomws:main?cursor=c&from=earliest", exchanges::add);
        camel.start();

        HealthCheck health = ((ZoomWsConsumer) camel.getRoute("r").getConsumer()).getHealthCheck();
        assertThat(health.getId()).isEqualTo("zoomws-consumer-r");
        assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void aConsumerThatCannotReadIsNot() throws Exception {
        journal.makeUnreadable(true);
        route("zoomws:main?cursor=c&from=earliest", exchanges::add);
        camel.start();

        HealthCheck health = ((ZoomWsConsumer) camel.getRoute("r").getConsumer()).getHealthCheck();
        Waiting.until(() -> health.call().getState() == HealthCheck.State.DOWN);
        assertThat(health.call().getMessage()).hasValue("nothing is delivered at the moment: the disk has gone");
    }

    @Test
    void whatIsInTheWayOfReadingGoesThroughTheErrorHandlerIfThatIsAskedFor() throws Exception {
        journal.event("a").makeUnreadable(true);
        bind();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(JournalException.class).handled(true).process(exchanges::add);
                from("zoomws:main?from=earliest&bridgeErrorHandler=true").to("mock:out");
            }
        });
        camel.start();

        assertThat(take().getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessage("the disk has gone");
    }

    @Test
    void theConsoleTellsHowFarAConsumerIsAndNothingOfAnyEvent() throws Exception {
        journal.event("a").event("secret").event("c");
        route("zoomws:main?cursor=c&from=earliest&redeliveryDelay=60000", exchange -> {
            if (Long.valueOf(2).equals(exchange.getMessage().getHeader(ZoomWsConstants.SEQUENCE))) {
                exchanges.add(exchange);
                throw new IllegalArgumentException("cannot parse secret");
            }
        });
        camel.start();
        take();
        DevConsole console = camel.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("zoomws");
        Waiting.until(() -> text(console).contains("redeliveriesWaiting: 1"));
        assertThat(text(console).strip()).isEqualTo("""
                        Consumer
                            routeId: r
                            subscription: main
                            source: tail
                            cursor: c
                            state: RUNNING
                            position: 2
                            endOfJournal: 4
                            lag: 2
                            inFlight: 1
                            redeliveriesWaiting: 1
                            passedOver: 0
                            lastFailure: java.lang.IllegalArgumentException""");
        assertThat(((JsonObject) console.call(DevConsole.MediaType.JSON)).toJson())
                .contains("\"consumers\"")
                .contains("\"position\":2")
                .doesNotContain("secret");
        camel.getRouteController().stopRoute("r");
        assertThat(text(console)).contains("state: STOPPED");
    }

    private static String text(DevConsole console) {
        return String.valueOf(console.call(DevConsole.MediaType.TEXT));
    }

    private void save(String cursor, long position) {
        try (var held = journal.open(cursor)) {
            held.save(position);
        }
    }

    private void bind() {
        camel.getRegistry().bind("zoomws-reader-main", journal);
        camel.getRegistry().bind("zoomws-cursors-main", journal);
    }

    private void route(String uri, Processor processor) throws Exception {
        bind();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("r").process(processor);
            }
        });
    }

    private Exchange take() throws InterruptedException {
        Exchange taken = exchanges.poll(20, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came within 20 s");
        }
        return taken;
    }
}
