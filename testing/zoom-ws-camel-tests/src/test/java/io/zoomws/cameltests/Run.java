package io.zoomws.cameltests;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Camel Main with routes of the page, and a count of the exchanges that were done. */
final class Run implements AutoCloseable {

    private final AtomicInteger done = new AtomicInteger();
    private final Main main;

    private Run(Main main) {
        this.main = main;
    }

    /** How a run begins: what the reader of the page has in properties and in the registry. */
    static final class Setup {

        private final Main main = new Main();
        private final Map<String, Object> properties = new HashMap<>();

        Setup(Journal journal) {
            with("camel.component.zoomws.data", journal.data());
            with("camel.main.shutdown-timeout", 30);
        }

        Setup with(String property, Object value) {
            properties.put(property, value.toString());
            return this;
        }

        Setup bind(String name, Object bean) {
            main.bind(name, bean);
            return this;
        }

        Run start(RouteBuilder... routes) {
            for (RouteBuilder route : routes) {
                main.configure().addRoutesBuilder(route);
            }
            main.setOverrideProperties(properties);
            Run run = new Run(main);
            main.bind("countOfTheTest", run.new Count());
            main.start();
            return run;
        }
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Waits until this many exchanges were done, handled failures included. */
    void await(int count) throws Exception {
        Waiting.until(count + " exchanges", () -> done.get() >= count);
    }

    int done() {
        return done.get();
    }

    @Override
    public void close() {
        main.stop();
    }

    private final class Count extends EventNotifierSupport {

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof ExchangeCompletedEvent) {
                done.incrementAndGet();
            }
        }
    }
}
