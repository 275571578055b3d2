package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryEntry;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.spi.ZoomEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delivery, positions and failures, with a journal in memory that the host has bound in the registry. */
class ConsumerTest {

    private final MemoryJournal journal = new MemoryJournal();
    private final BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
    private @Nullable CamelContext camel;

    /** Keeps every exchange open until the test ends it. */
    private static final class Parked extends AsyncProcessorSupport {
        private final Map<Long, AsyncCallback> open = new ConcurrentHashMap<>();
        private final BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Long sequence = sequence(exchange);
            open.put(sequence, callback);
            arrived.add(sequence);
            return false;
        }

        void end(long sequence) {
            AsyncCallback callback = open.remove(sequence);
            assertThat(callback).isNotNull();
            callback.done(false);
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (camel != null) {
            camel.close();
        }
    }

    @Test
    void eventsComeInOrderWithBodyAndHeaders() throws Exception {
        journal.event("meeting.started")
                .control()
                .duplicate("meeting.started", 1)
                .gap()
                .event("meeting.ended");
        BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
        start("zoomws:main?from=earliest", exchange -> exchanges.add(exchange.copy()));
        Exchange first = take(exchanges);
        assertThat(first.getMessage().getBody()).isEqualTo("{\"event\":\"meeting.started\",\"n\":1}");
        assertThat(first.getMessage().getHeaders())
                .containsEntry("CamelZoomWsSequence", 1L)
                .containsEntry("CamelZoomWsId", "id-1")
                .containsEntry("CamelZoomWsEvent", "meeting.started")
                .containsEntry("CamelZoomWsKind", "event")
                .containsEntry("CamelZoomWsReceivedAt", Instant.parse("2026-11-23T20:00:00.123456789Z"))
                .containsEntry("CamelZoomWsOccurredAt", Instant.parse("2026-11-23T19:59:59.123456789Z"))
                .containsEntry("CamelZoomWsSubscription", "main")
                .containsEntry("CamelZoomWsConnection", 1L)
                .containsEntry("CamelZoomWsAccountId", "A1")
                .containsEntry("CamelZoomWsReplay", false)
                .containsEntry("CamelZoomWsAttempt", 1)
                .doesNotContainKey("CamelZoomWsDuplicateOf");
        assertThat(sequence(take(exchanges))).isEqualTo(5);
    }

    @Test
    void aBodyConvertsToTheEventUntilItIsChanged() throws Exception {
        journal.event("meeting.started");
        BlockingQueue<List<Object>> results = new LinkedBlockingQueue<>();
        start("zoomws:main?from=earliest", exchange -> {
            ZoomEvent event = exchange.getMessage().getMandatoryBody(ZoomEvent.class);
            byte[] bytes = exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, event);
            exchange.getMessage().setBody("{}");
            ZoomEvent none = exchange.getMessage().getBody(ZoomEvent.class);
            results.add(List.of(event.id(), new String(bytes, java.nio.charset.StandardCharsets.UTF_8), none == null));
        });
        assertThat(take(results)).isEqualTo(List.of("id-1", "{\"event\":\"meeting.started\",\"n\":1}", true));
    }

    @Test
    void duplicatesGapsAndTypesAreChosenByOption() throws Exception {
        journal.event("meeting.started").duplicate("meeting.started", 1).gap().event("user.created");
        BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
        start(
                "zoomws:main?from=earliest&events=meeting.*&includeDuplicates=true&includeGaps=true&cursor=c",
                exchange -> exchanges.add(exchange.copy()));
        assertThat(sequence(take(exchanges))).isEqualTo(1);
        assertThat(take(exchanges).getMessage().getHeader("CamelZoomWsDuplicateOf"))
                .isEqualTo(1L);
        Exchange gap = take(exchanges);
        assertThat(gap.getMessage().getBody()).isEqualTo(new MemoryEntry.Interval(3).json());
        assertThat(gap.getMessage().getHeaders())
                .containsEntry("CamelZoomWsKind", "gap")
                .containsEntry("CamelZoomWsGapFrom", Instant.parse("2026-11-23T20:00:00.123456789Z"))
                .containsEntry("CamelZoomWsGapTo", Instant.parse("2026-11-23T20:00:01.123456789Z"))
                .containsEntry("CamelZoomWsGapCause", "test")
                .doesNotContainKey("CamelZoomWsId");
        journal.awaitSaved("c", 5);
        assertThat(exchanges).isEmpty();
    }

    @Test
    void aTailWithoutFromBeginsWithWhatComes() throws Exception {
        journal.event("a").event("b");
        start("zoomws:main?cursor=c", exchange -> seen.add(sequence(exchange)));
        journal.awaitSaved("c", 3);
        journal.event("c");
        assertThat(take(seen)).isEqualTo(3);
    }

    @Test
    void aCursorCountsMoreThanFrom() throws Exception {
        journal.event("a").event("b").event("c");
        journal.open("c").save(3);
        start("zoomws:main?cursor=c&from=earliest", exchange -> seen.add(sequence(exchange)));
        assertThat(take(seen)).isEqualTo(3);
    }

    @Test
    void thePositionIsSavedAfterTheExchangeHasCompleted() throws Exception {
        journal.event("a").event("b");
        Parked parked = new Parked();
        start("zoomws:main?cursor=c&from=earliest", parked);
        assertThat(take(parked.arrived)).isEqualTo(1);
        assertThat(journal.saves()).containsOnly(1L);
        parked.end(1);
        assertThat(take(parked.arrived)).isEqualTo(2);
        parked.end(2);
        journal.awaitSaved("c", 3);
    }

    @Test
    void withSeveralInFlightThePositionIsThatOfTheLowest() throws Exception {
        for (int n = 0; n < 5; n++) {
            journal.event("a");
        }
        Parked parked = new Parked();
        start("zoomws:main?cursor=c&from=earliest&maxInflight=3", parked);
        assertThat(List.of(take(parked.arrived), take(parked.arrived), take(parked.arrived)))
                .isEqualTo(List.of(1L, 2L, 3L));
        parked.end(3);
        assertThat(take(parked.arrived)).isEqualTo(4);
        parked.end(2);
        assertThat(take(parked.arrived)).isEqualTo(5);
        assertThat(journal.saves()).containsOnly(1L);
        parked.end(1);
        journal.awaitSaved("c", 4);
        parked.end(5);
        parked.end(4);
        journal.awaitSaved("c", 6);
        assertThat(journal.saves()).isSorted();
    }

    @Test
    void aFailedEventComesAgainBeforeThePositionMoves() throws Exception {
        journal.event("a").event("b");
        List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
        start("zoomws:main?cursor=c&from=earliest&redeliveryDelay=10", exchange -> {
            attempts.add(exchange.getMessage().getHeader(ZoomWsConstants.ATTEMPT, Integer.class));
            if (attempts.size() < 4) {
                assertThat(journal.saves()).containsOnly(1L);
                throw new IllegalStateException("down");
            }
            seen.add(sequence(exchange));
        });
        assertThat(take(seen)).isEqualTo(1);
        assertThat(take(seen)).isEqualTo(2);
        journal.awaitSaved("c", 3);
        assertThat(attempts).containsExactly(1, 2, 3, 4, 1);
    }

    @Test
    void aDeadLetteredEventIsDone() throws Exception {
        journal.event("a").event("b");
        BlockingQueue<Long> dead = new LinkedBlockingQueue<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead"));
                from("direct:dead").process(exchange -> dead.add(sequence(exchange)));
                from("zoomws:main?cursor=c&from=earliest").process(exchange -> {
                    throw new IllegalStateException("poison");
                });
            }
        });
        assertThat(take(dead)).isEqualTo(1);
        assertThat(take(dead)).isEqualTo(2);
        journal.awaitSaved("c", 3);
    }

    @Test
    void anExchangeMarkedForRollbackIsNotDone() throws Exception {
        journal.event("a");
        start("zoomws:main?cursor=c&from=earliest&redeliveryDelay=10", exchange -> {
            exchange.setRollbackOnly(seen.isEmpty());
            seen.add(sequence(exchange));
        });
        assertThat(take(seen)).isEqualTo(1);
        assertThat(take(seen)).isEqualTo(1);
    }

    @Test
    void withoutBreakOnFirstErrorAFailedEventIsPassedAndCounted() throws Exception {
        journal.event("a").event("b");
        CamelContext context = start("zoomws:main?cursor=c&from=earliest&breakOnFirstError=false", exchange -> {
            throw new IllegalStateException("down");
        });
        journal.awaitSaved("c", 3);
        assertThat(((ZoomWsConsumer) context.getRoute("r").getConsumer())
                        .progress()
                        .passedOver())
                .isEqualTo(2);
    }

    @Test
    void aSuspendedRouteGetsNothingUntilItIsResumed() throws Exception {
        CamelContext context = start("zoomws:main?cursor=c&from=earliest", exchange -> seen.add(sequence(exchange)));
        journal.event("a");
        assertThat(take(seen)).isEqualTo(1);
        context.getRouteController().suspendRoute("r");
        journal.awaitSaved("c", 2);
        journal.event("b");
        assertThat(seen.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(journal.saved("c")).isEqualTo(2);
        context.getRouteController().resumeRoute("r");
        assertThat(take(seen)).isEqualTo(2);
    }

    @Test
    void aStopWaitsForTheExchangeUnderWayAndSavesItsPosition() throws Exception {
        journal.event("a").event("b");
        CountDownLatch mayEnd = new CountDownLatch(1);
        CamelContext context = start("zoomws:main?cursor=c&from=earliest", exchange -> {
            seen.add(sequence(exchange));
            assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
        });
        assertThat(take(seen)).isEqualTo(1);
        Thread stopper = new Thread(context::stop, "stopper");
        stopper.start();
        // Camel suspends the consumer and then waits for the exchange.
        Waiting.untilSuspended(context);
        assertThat(stopper.isAlive()).isTrue();
        mayEnd.countDown();
        stopper.join();
        assertThat(journal.saved("c")).isEqualTo(2);
        assertThat(seen).isEmpty();
    }

    @Test
    void aRouteStoppedWhileAnEventFailsDeliversItAgainAtTheNextStart() throws Exception {
        journal.event("a");
        CountDownLatch down = new CountDownLatch(1);
        CamelContext context = start("zoomws:main?cursor=c&from=earliest&redeliveryDelay=60000", exchange -> {
            seen.add(sequence(exchange));
            if (down.getCount() > 0) {
                throw new IllegalStateException("down");
            }
        });
        assertThat(take(seen)).isEqualTo(1);
        context.getRouteController().stopRoute("r");
        assertThat(journal.saves()).containsOnly(1L);
        down.countDown();
        context.getRouteController().startRoute("r");
        assertThat(take(seen)).isEqualTo(1);
        journal.awaitSaved("c", 2);
    }

    @Test
    void aReplayDeliversItsRangeAndEnds() throws Exception {
        journal.event("a").event("b").event("c").event("d");
        start("zoomws:main?source=replay&cursor=c&from=2&to=4", exchange -> {
            assertThat(exchange.getMessage().getHeader(ZoomWsConstants.REPLAY)).isEqualTo(true);
            seen.add(sequence(exchange));
        });
        journal.awaitSaved("c", 4);
        journal.event("e");
        assertThat(seen).containsExactly(2L, 3L);
    }

    @Test
    void aReplayWithoutRangeDeliversWhatThereIsAtItsStart() throws Exception {
        journal.event("a").event("b").control();
        start("zoomws:main?source=replay&cursor=c", exchange -> {
            journal.event("later");
            seen.add(sequence(exchange));
        });
        journal.awaitSaved("c", 4);
        assertThat(seen).containsExactly(1L, 2L);
    }

    private CamelContext start(String uri, Processor processor) throws Exception {
        return start(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("r").process(processor);
            }
        });
    }

    private CamelContext start(RouteBuilder routes) throws Exception {
        CamelContext context = new DefaultCamelContext();
        camel = context;
        context.getRegistry().bind("zoomws-reader-main", journal);
        context.getRegistry().bind("zoomws-cursors-main", journal);
        context.addRoutes(routes);
        context.start();
        return context;
    }

    private static long sequence(Exchange exchange) {
        return exchange.getMessage().getHeader(ZoomWsConstants.SEQUENCE, Long.class);
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(20, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came within 20 s");
        }
        return taken;
    }
}
