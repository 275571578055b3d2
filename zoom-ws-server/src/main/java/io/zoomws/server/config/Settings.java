package io.zoomws.server.config;

import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a server is told before it starts, checked.
 *
 * @param data the data directory; each subscription has a folder of its own in it
 * @param subscriptions what to receive, in the order of the file; at least one
 * @param pluginPath folders whose sub-folders are plugins; empty: the ones shipped with the installation
 * @param connection how Zoom is reached and connections are kept alive
 * @param plugins the plugin instances to run, in the order of the file; may be empty
 */
public record Settings(
        Path data,
        List<Subscription> subscriptions,
        List<Path> pluginPath,
        Connection connection,
        List<PluginInstance> plugins) {

    /** Takes copies of the lists. */
    public Settings {
        subscriptions = List.copyOf(subscriptions);
        pluginPath = List.copyOf(pluginPath);
        plugins = List.copyOf(plugins);
    }

    /**
     * One event subscription of a Zoom app.
     *
     * @param name what users call it; names its folder in the data directory
     * @param subscriptionId Zoom's id of it
     * @param clientId of the app
     * @param clientSecret of the app
     * @param accountId empty: the {@code client_credentials} grant is used, otherwise {@code account_credentials}
     * @param tokenUrl where tokens are fetched
     * @param webSocketUrl where events come from, without query
     */
    public record Subscription(
            String name,
            String subscriptionId,
            String clientId,
            Secret clientSecret,
            Optional<String> accountId,
            URI tokenUrl,
            URI webSocketUrl) {}

    /**
     * How Zoom is reached and connections are kept alive.
     *
     * @param heartbeat time between two heartbeats
     * @param heartbeatTimeout a connection on which nothing has come this long after a heartbeat is cut
     * @param connectTimeout for opening the socket, and again for Zoom's confirmation
     * @param longestBackOff upper end of the delays between tries
     * @param maxFrameBytes a larger frame is described, not kept
     * @param allowInsecure whether {@code ws://} may leave this machine
     * @param transport trusted certificates and proxy
     */
    public record Connection(
            Duration heartbeat,
            Duration heartbeatTimeout,
            Duration connectTimeout,
            Duration longestBackOff,
            int maxFrameBytes,
            boolean allowInsecure,
            Transport transport) {

        /** What is used when nothing is said. */
        public static final Connection STANDARD = new Connection(
                Durations.parse(Key.HEARTBEAT.standard()),
                Durations.parse(Key.HEARTBEAT_TIMEOUT.standard()),
                Durations.parse(Key.CONNECT_TIMEOUT.standard()),
                Durations.parse(Key.LONGEST_BACK_OFF.standard()),
                (int) Sizes.parse(Key.MAX_FRAME.standard()),
                false,
                Transport.DIRECT);
    }

    /**
     * One plugin, running.
     *
     * @param name of the instance, and of its cursor
     * @param plugin name of the plugin directory
     * @param start where it begins when it has no cursor yet
     * @param events what it is handed
     */
    public record PluginInstance(String name, String plugin, Position start, EventFilter events) {}
}
