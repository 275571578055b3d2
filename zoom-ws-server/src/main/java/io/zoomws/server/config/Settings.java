package io.zoomws.server.config;

import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.core.Renewal;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.alert.AlertSettings;
import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.server.log.LogSettings;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.spi.Position;
import java.net.InetAddress;
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
 * @param http where the server tells how it is
 * @param storage how journals are written
 * @param retention how much of the journals is kept
 * @param alert who is told when something is wrong
 * @param log how much is logged, and how that looks
 */
public record Settings(
        Path data,
        List<Subscription> subscriptions,
        List<Path> pluginPath,
        Connection connection,
        List<PluginInstance> plugins,
        Http http,
        JournalSettings storage,
        RetentionPolicy retention,
        AlertSettings alert,
        LogSettings log) {

    /** Takes copies of the lists. */
    public Settings {
        subscriptions = List.copyOf(subscriptions);
        pluginPath = List.copyOf(pluginPath);
        plugins = List.copyOf(plugins);
    }

    /**
     * The settings of a server that alerts nobody.
     *
     * @param data as above
     * @param subscriptions as above
     * @param pluginPath as above
     * @param connection as above
     * @param plugins as above
     * @param http as above
     * @param storage as above
     * @param retention as above
     */
    public Settings(
            Path data,
            List<Subscription> subscriptions,
            List<Path> pluginPath,
            Connection connection,
            List<PluginInstance> plugins,
            Http http,
            JournalSettings storage,
            RetentionPolicy retention) {
        this(
                data,
                subscriptions,
                pluginPath,
                connection,
                plugins,
                http,
                storage,
                retention,
                AlertSettings.NONE,
                LogSettings.USUAL);
    }

    /**
     * The settings of a server that keeps everything and alerts nobody.
     *
     * @param data as above
     * @param subscriptions as above
     * @param pluginPath as above
     * @param connection as above
     * @param plugins as above
     * @param http as above
     */
    public Settings(
            Path data,
            List<Subscription> subscriptions,
            List<Path> pluginPath,
            Connection connection,
            List<PluginInstance> plugins,
            Http http) {
        this(
                data,
                subscriptions,
                pluginPath,
                connection,
                plugins,
                http,
                JournalSettings.DEFAULT,
                RetentionPolicy.KEEP_ALL);
    }

    /**
     * The settings of a server without HTTP, that keeps everything.
     *
     * @param data as above
     * @param subscriptions as above
     * @param pluginPath as above
     * @param connection as above
     * @param plugins as above
     */
    public Settings(
            Path data,
            List<Subscription> subscriptions,
            List<Path> pluginPath,
            Connection connection,
            List<PluginInstance> plugins) {
        this(data, subscriptions, pluginPath, connection, plugins, Http.DISABLED);
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
     * @param renewal what happens when the token of a connection nears its end
     * @param connectTimeout for opening the socket, and again for Zoom's confirmation
     * @param longestBackOff upper end of the delays between tries
     * @param maxFrameBytes a larger frame is described, not kept
     * @param allowInsecure whether {@code ws://} may leave this machine
     * @param transport trusted certificates and proxy
     */
    public record Connection(
            Duration heartbeat,
            Duration heartbeatTimeout,
            Renewal renewal,
            Duration connectTimeout,
            Duration longestBackOff,
            int maxFrameBytes,
            boolean allowInsecure,
            Transport transport) {

        /** What is used when nothing is said. */
        public static final Connection STANDARD = new Connection(
                Durations.parse(Key.HEARTBEAT.standard()),
                Durations.parse(Key.HEARTBEAT_TIMEOUT.standard()),
                Renewal.MAKE_BEFORE_BREAK,
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
     * @param orderBy JSON Pointer to what events belong to; empty: as the plugin says
     * @param required whether retention waits for it
     * @param onLostPosition what it does when its saved position cannot be used
     * @param isolation what stands between it and the server
     * @param jvmOptions of its JVM, if it has a process of its own
     * @param settings the plugin's own, unchecked
     */
    public record PluginInstance(
            String name,
            String plugin,
            Position start,
            EventChoice events,
            Optional<String> orderBy,
            boolean required,
            LostPosition onLostPosition,
            Isolation isolation,
            List<String> jvmOptions,
            RawSettings settings) {

        /** The options when nothing is said. */
        public static final List<String> STANDARD_JVM_OPTIONS = List.of(Key.JVM_OPTIONS.standard());

        /** Takes a copy. */
        public PluginInstance {
            jvmOptions = List.copyOf(jvmOptions);
        }

        /**
         * One without settings that is handed everything, that retention does not wait for, and that stops when its position
         * is lost.
         *
         * @param name as above
         * @param plugin as above
         * @param start as above
         */
        public PluginInstance(String name, String plugin, Position start) {
            this(
                    name,
                    plugin,
                    start,
                    EventChoice.ALL,
                    Optional.empty(),
                    false,
                    LostPosition.STOP,
                    Isolation.THREAD,
                    STANDARD_JVM_OPTIONS,
                    RawSettings.none(name));
        }

        /**
         * What is delivered to it, and how.
         *
         * @return the part of these settings that an instance has to know
         */
        public io.zoomws.server.delivery.PluginInstance.Definition definition() {
            return new io.zoomws.server.delivery.PluginInstance.Definition(
                    name, events, orderBy, start, onLostPosition, settings);
        }
    }

    /**
     * Where the server tells how it is.
     *
     * @param enabled whether it does at all
     * @param address of this machine; a loopback address, unless requests need a token and TLS, or insecure
     * @param port 0: any free one
     * @param access who may ask
     */
    public record Http(boolean enabled, InetAddress address, int port, HttpAccess access) {

        /** The port when nothing is said. */
        public static final int STANDARD_PORT = Integer.parseInt(Key.HTTP_PORT.standard());

        /** No HTTP server. */
        public static final Http DISABLED = new Http(false, InetAddress.getLoopbackAddress(), 0, HttpAccess.LOCAL);

        /**
         * An HTTP server that only this machine can reach.
         *
         * @param port 0: any free one
         * @return the settings
         */
        public static Http loopback(int port) {
            return new Http(true, InetAddress.getLoopbackAddress(), port, HttpAccess.LOCAL);
        }
    }
}
