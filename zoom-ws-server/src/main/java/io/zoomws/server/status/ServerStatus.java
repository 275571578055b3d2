package io.zoomws.server.status;

import java.time.Instant;
import java.util.List;

/**
 * How a server is, at one moment.
 *
 * @param version of the server
 * @param since when it began
 * @param subscriptions in the order of the settings, which does not change while it runs
 * @param plugins in the order of the settings, which does not change while it runs
 */
public record ServerStatus(
        String version, Instant since, List<SubscriptionStatus> subscriptions, List<PluginStatus> plugins) {

    /** Takes copies of the lists. */
    public ServerStatus {
        subscriptions = List.copyOf(subscriptions);
        plugins = List.copyOf(plugins);
    }

    /**
     * Whether events of every subscription are received and journaled.
     *
     * @return true if every subscription is ready
     */
    public boolean ready() {
        return subscriptions.stream().allMatch(SubscriptionStatus::ready);
    }
}
