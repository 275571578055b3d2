package io.zoomws.benchmarks;

import io.zoomws.journal.Journals;
import io.zoomws.spi.Entry;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * How many exchanges a second a route with one bean step takes: from a replay; from one with a durable cursor, which waits for
 * the disk whenever it saves its position; from a plain loop that reads the same journal and sends each event through
 * {@code direct:}, which is what one would write without this component; and from a loop that sends texts which are there
 * already, where nothing is read at all. All in turn, in one process, so that what else the machine does troubles all; the last
 * rounds count.
 */
public final class RouteBenchmark {

    private static final int EVENTS = Integer.getInteger("events", 300_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 6);
    private static final int COUNTED = 3;

    /** The bean step: reads the body, as any step would. */
    public static final class Step {
        private final AtomicLong exchanges = new AtomicLong();
        private final AtomicLong characters = new AtomicLong();
        private volatile CountDownLatch all = new CountDownLatch(1);

        /**
         * Called by the route.
         *
         * @param body of the exchange
         */
        public void take(String body) {
            characters.addAndGet(body.length());
            if (exchanges.incrementAndGet() % EVENTS == 0) {
                all.countDown();
            }
        }
    }

    private final Path data;
    private final Step step = new Step();

    private RouteBenchmark(Path data) {
        this.data = data;
    }

    /**
     * Runs it.
     *
     * @param arguments none
     * @throws Exception if something fails
     */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("zoom-ws-benchmark");
        try {
            FilledJournal.write(data, EVENTS);
            new RouteBenchmark(data).run();
        } finally {
            delete(data);
        }
    }

    private void run() throws Exception {
        double[] sums = new double[4];
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:loop").bean(step);
                }
            });
            camel.start();
            for (int round = 1; round <= ROUNDS; round++) {
                double[] speeds = {
                    replay(camel, ""), replay(camel, "&cursor=round-" + round), readingLoop(camel), textLoop(camel)
                };
                print("round " + round, speeds);
                for (int n = 0; n < sums.length; n++) {
                    sums[n] += round > ROUNDS - COUNTED ? speeds[n] / COUNTED : 0;
                }
            }
        }
        print("the last " + COUNTED + " rounds", sums);
    }

    private double readingLoop(CamelContext camel) throws Exception {
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1)) {
            return loop(camel, () -> {
                Entry entry = tailer.poll();
                while (!(entry instanceof ZoomEvent)) {
                    entry = tailer.poll();
                }
                return ((ZoomEvent) entry).json();
            });
        }
    }

    private double textLoop(CamelContext camel) throws Exception {
        String[] texts = new String[1000];
        for (int n = 0; n < texts.length; n++) {
            texts[n] = FilledJournal.event(n);
        }
        AtomicInteger next = new AtomicInteger();
        return loop(camel, () -> texts[next.getAndIncrement() % texts.length]);
    }

    private double loop(CamelContext camel, Supplier<String> bodies) throws Exception {
        Endpoint endpoint = camel.getEndpoint("direct:loop");
        step.all = new CountDownLatch(1);
        try (Producer producer = endpoint.createProducer()) {
            producer.start();
            long start = System.nanoTime();
            for (int n = 0; n < EVENTS; n++) {
                Exchange exchange = endpoint.createExchange();
                exchange.getMessage().setBody(bodies.get());
                producer.process(exchange);
            }
            step.all.await();
            return perSecond(System.nanoTime() - start);
        }
    }

    private double replay(CamelContext camel, String option) throws Exception {
        step.all = new CountDownLatch(1);
        long start = System.nanoTime();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("zoomws:main?source=replay&includeDuplicates=true&data=" + data + option)
                        .routeId("replay")
                        .bean(step);
            }
        });
        step.all.await();
        long nanos = System.nanoTime() - start;
        camel.getRouteController().stopRoute("replay");
        camel.removeRoute("replay");
        return perSecond(nanos);
    }

    private static double perSecond(long nanos) {
        return EVENTS * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    private static void print(String what, double[] speeds) {
        System.out.println(String.format(
                Locale.ROOT,
                "%s: replay %,.0f/s, with a cursor %,.0f/s; loop over the journal %,.0f/s, ratios %.2f and %.2f; loop over texts"
                        + " %,.0f/s, ratios %.2f and %.2f",
                what,
                speeds[0],
                speeds[1],
                speeds[2],
                speeds[0] / speeds[2],
                speeds[1] / speeds[2],
                speeds[3],
                speeds[0] / speeds[3],
                speeds[1] / speeds[3]));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
