package io.zoomws.server.status;

import io.zoomws.journal.RetentionPolicy;
import java.time.Instant;
import java.util.List;

/**
 * How a server is, at one moment.
 *
 * @param version of the server
 * @param since when it began
 * @param subscriptions in the order of the settings, which does not change while it runs
 * @param plugins in the order of the settings; a reload may add and remove some
 * @param retention how much of the journals is kept
 */
public record ServerStatus(
        String version,
        Instant since,
        List<SubscriptionStatus> subscriptions,
        List<PluginStatus> plugins,
        RetentionPolicy retention) {

    /** Takes copies of the lists. */
    public ServerStatus {
        subscriptions = List.copyOf(subscriptions);
        plugins = List.copyOf(plugins);
    }

    /**
     * Of a server that keeps everything.
     *
     * @param version as above
     * @param since as above
     * @param subscriptions as above
     * @param plugins as above
     */
    public ServerStatus(
            String version, Instant since, List<SubscriptionStatus> subscriptions, List<PluginStatus> plugins) {
        this(version, since, subscriptions, plugins, RetentionPolicy.KEEP_ALL);
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
