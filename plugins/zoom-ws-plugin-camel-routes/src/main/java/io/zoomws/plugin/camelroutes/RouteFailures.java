package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.Entry;
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
        Throwable cause = exchange.getException();
        log.warn(
                "{}: route {} of {} failed{} ({})",
                instance,
                route,
                file,
                exchange.getProperty("CamelZoomWsEntry") instanceof Entry entry
                        ? " on the entry with sequence " + entry.sequence()
                        : "",
                cause == null ? "no exception" : Thrown.classes(cause));
    }
}
