package io.zoomws.server.http;

import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.status.PluginNumber;
import io.zoomws.server.status.ServerStatus;
import io.zoomws.spi.JournalReader;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the HTTP server tells and whom it asks.
 *
 * @param status asked for each request, by any thread
 * @param numbers what plugins tell of themselves, asked for each scrape, by any thread
 * @param subscriptions in the order of the settings
 */
public record HttpSources(
        Supplier<ServerStatus> status, Supplier<List<PluginNumber>> numbers, List<Subscription> subscriptions) {

    /** Takes a copy of the list. */
    public HttpSources {
        subscriptions = List.copyOf(subscriptions);
    }

    /**
     * One subscription.
     *
     * @param name as configured
     * @param ledger its gaps
     * @param reader of its journal; the caller closes it, after the HTTP server
     * @param files where its plugin instances park entries
     * @param handlers what answers actions, by the name of the request, as on its control socket
     */
    public record Subscription(
            String name,
            GapLedger ledger,
            JournalReader reader,
            InstanceFiles files,
            Map<String, ControlHandler> handlers) {

        /** Takes a copy of the map. */
        public Subscription {
            handlers = Map.copyOf(handlers);
        }
    }
}
