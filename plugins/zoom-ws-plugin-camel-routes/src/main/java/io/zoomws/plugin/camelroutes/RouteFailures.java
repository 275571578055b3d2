package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.Entry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each exchange that failed, without a word of the message or of what was thrown over it, and counts. */
final class RouteFailures {

    private static final Logger log = LoggerFactory.getLogger(RouteFailures.class);

    private final String instance;
    private final RouteNumbers numbers;

    /** The sequence on which a route failed last, by the route's id. */
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    RouteFailures(String instance, RouteNumbers numbers) {
        this.instance = instance;
        this.numbers = numbers;
    }

    /** One for a file's context. */
    EventNotifierSupport of(String file) {
        EventNotifierSupport notifier = new EventNotifierSupport() {
            @Override
            public boolean isEnabled(CamelEvent event) {
                return event.getType() == CamelEvent.Type.ExchangeFailed;
            }

            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeFailedEvent failure) {
                    failed(file, failure.getExchange());
                }
            }
        };
        notifier.setIgnoreCamelContextEvents(true);
        notifier.setIgnoreRouteEvents(true);
        notifier.setIgnoreServiceEvents(true);
        notifier.setIgnoreExchangeCreatedEvent(true);
        notifier.setIgnoreExchangeCompletedEvent(true);
        notifier.setIgnoreExchangeSentEvents(true);
        notifier.setIgnoreExchangeSendingEvents(true);
        notifier.setIgnoreStepEvents(true);
        return notifier;
    }

    private void failed(String file, Exchange exchange) {
        String route = String.valueOf(exchange.getFromRouteId());
        numbers.failed(route);
        Throwable thrown = exchange.getException();
        if (!(exchange.getProperty("CamelZoomWsEntry") instanceof Entry entry)) {
            log.warn(
                    "{}: route {} of {} failed ({})",
                    instance,
                    route,
                    file,
                    thrown == null ? "" : Thrown.silent(thrown));
        } else if (!Objects.equals(last.put(route, entry.sequence()), entry.sequence())) {
            // The place, and further attempts, are told by the component, which does not know the route.
            log.warn(
                    "{}: route {} of {} failed on the entry with sequence {} ({})",
                    instance,
                    route,
                    file,
                    entry.sequence(),
                    thrown == null ? "" : Thrown.classes(thrown));
        }
    }
}
