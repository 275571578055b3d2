package io.zoomws.camel;

import static io.zoomws.camel.LiveContext.event;
import static io.zoomws.camel.LiveContext.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.journal.Journals;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.JournalException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a context that receives by itself connects, and how it lets go of connection and journal. */
@Timeout(60)
class LiveStartAndStopTest {

    private static final String LIVE = "zoomws:main?source=live";

    @TempDir
    private Path data;

    private final ZoomSimulator zoom =
            ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(0));
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        zoom.close();
    }

    @Test
    void noConnectionIsMadeBeforeEveryRouteKnowsWhereItBegins() throws Exception {
        AtomicReference<String> before = new AtomicReference<>("");
        BlockingQueue<Exchange> others = new LinkedBlockingQueue<>();
        try (CamelContext camel = LiveContext.of(zoom, data)) {
            ordered(camel, "r", 1, LIVE, exchanges);
            camel.addComponent("interlude", new Interlude(() -> before.set(troubleSoon(camel))));
            ordered(camel, "i", 2, "interlude:i", others);
            ordered(camel, "s", 3, LIVE, others);
            camel.start();
            LiveContext.send(zoom, "a");

            assertThat(List.of(event(exchanges), event(others))).containsExactly("a", "a");
            assertThat(before)
                    .as("how the connection is before the last route has started")
                    .hasValue("Not started");
        }
    }

    /** Long enough for a connection that was begun to say so. */
    private static String troubleSoon(CamelContext camel) {
        ZoomWsConsumer consumer = (ZoomWsConsumer) camel.getRoute("r").getConsumer();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        while (consumer.trouble().equals(Optional.of("Not started")) && until - System.nanoTime() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return consumer.trouble().orElse("Ready");
    }

    @Test
    void aRouteThatIsAddedLaterConnects() throws Exception {
        try (CamelContext camel = LiveContext.of(zoom, data)) {
            camel.start();
            route(camel, "r", LIVE, exchanges);
            LiveContext.send(zoom, "a");

            assertThat(event(exchanges)).isEqualTo("a");
        }
    }

    @Test
    void anExchangeThatNeverEndsKeepsNeitherConnectionNorJournal() throws Exception {
        AtomicBoolean mayEnd = new AtomicBoolean();
        CamelContext camel = LiveContext.of(zoom, data);
        camel.getShutdownStrategy().setTimeout(1);
        camel.getExecutorServiceManager().setShutdownAwaitTermination(100);
        route(camel, "r", LIVE + "&cursor=c", exchange -> {
            exchanges.add(exchange);
            Waiting.until(mayEnd::get);
        });
        camel.start();
        LiveContext.send(zoom, "a");
        assertThat(exchanges.poll(20, TimeUnit.SECONDS)).isNotNull();
        camel.stop();

        assertThat(Journals.holder(data, "main")).isEmpty();
        Waiting.until(() -> zoom.stats().connectionsLive() == 0);
        mayEnd.set(true);
        Waiting.until(this::isCursorFree);
    }

    private boolean isCursorFree() {
        try (var cursor = Journals.cursors(data, "main").open("c")) {
            return cursor.position().isPresent();
        } catch (JournalException held) {
            return false;
        }
    }

    @Test
    void aJournalThatCannotBeClosedIsToldAndEndsNobodysThread() {
        try (LoggedLines log = LoggedLines.of(LiveFeeds.class)) {
            LiveFeeds.letGo("main", () -> {
                throw new JournalException("the disk has gone");
            });

            assertThat(log.errors())
                    .containsExactly("zoomws:main: the journal was not closed in order: the disk has gone");
        }
    }

    private static void ordered(CamelContext camel, String id, int order, String from, BlockingQueue<Exchange> into)
            throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(id).startupOrder(order).process(exchange -> into.add(exchange.copy()));
            }
        });
    }
}
