package io.zoomws.server;

import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Stage;
import io.zoomws.feed.Feed;
import io.zoomws.journal.Journals;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.alert.AlertSettings;
import io.zoomws.server.alert.Alerts;
import io.zoomws.server.config.ConfigurationException;
import io.zoomws.server.config.LoadedConfiguration;
import io.zoomws.server.config.Settings;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlServer;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.host.PluginHost;
import io.zoomws.server.host.PluginRequests;
import io.zoomws.server.host.RebuildRequests;
import io.zoomws.server.host.RedriveRequests;
import io.zoomws.server.host.ReplayRequests;
import io.zoomws.server.host.ThreadLauncher;
import io.zoomws.server.http.HttpPort;
import io.zoomws.server.http.HttpServer;
import io.zoomws.server.http.HttpServerException;
import io.zoomws.server.http.HttpSources;
import io.zoomws.server.log.Logs;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.process.ProcessLauncher;
import io.zoomws.spi.JournalException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server: feeds that write journals, and plugin instances that follow them.
 *
 * <p>Its end is in order: the connections are closed, the plugins finish and save their positions, the journals are brought
 * to the disk and closed.
 */
public final class Server implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(500);

    private final Settings settings;
    private final Optional<Origin> origin;
    private final List<Feed> feeds = new ArrayList<>();
    private volatile List<Path> pluginPath; // a reload sets it
    private final MetricsOfPlugins pluginMetrics = new MetricsOfPlugins();
    private final Instant since = Clock.systemUTC().instant();
    private final List<ControlServer> controls = new ArrayList<>();
    private final List<ReplayRequests> replays = new ArrayList<>();
    private @Nullable PluginHost host;
    private @Nullable Keeping retention;
    private @Nullable Reloader reloader;
    private @Nullable HttpPort port;
    private @Nullable StatusBoard board;
    private volatile @Nullable Alerts alerts; // a reload asks for it
    private @Nullable HttpServer http;

    /** What a server has its settings from. */
    record Origin(LoadedConfiguration configuration, ConfigurationSource source) {}

    @Inject
    Server(Settings settings, Optional<Origin> origin) {
        this.settings = settings;
        this.origin = origin;
        this.pluginPath = settings.pluginPath();
    }

    /**
     * Starts a server as {@link #start(Settings)} does, that can {@link #reload}.
     *
     * @param source of its configuration
     * @return the running server
     * @throws ConfigurationException if anything in the configuration is wrong; then nothing was touched
     * @throws HttpServerException as there
     * @throws JournalException as there
     */
    public static Server start(ConfigurationSource source) throws ConfigurationException {
        LoadedConfiguration configuration = source.read();
        return start(configuration.settings(), Optional.of(new Origin(configuration, source)));
    }

    /**
     * Composes a server and starts it: journals first, then plugins, then connections, so that no plugin misses what comes
     * first. Before all that, the port for HTTP is taken; after it, HTTP answers, so that nothing waits for that.
     *
     * @param settings what to run
     * @return the running server
     * @throws HttpServerException if the port cannot be had; then nothing was touched
     * @throws JournalException if a journal cannot be opened; if it is held by another server, also in place of that one's port
     */
    public static Server start(Settings settings) {
        return start(settings, Optional.empty());
    }

    private static Server start(Settings settings, Optional<Origin> origin) {
        Server server = Guice.createInjector(Stage.DEVELOPMENT, new ServerModule(settings, origin))
                .getInstance(Server.class);
        boolean started = false;
        try {
            server.start();
            started = true;
            return server;
        } finally {
            if (!started) {
                server.close();
            }
        }
    }

    private void start() {
        Logs.use(settings.log());
        if (settings.http().enabled()) {
            port = takePort();
        }
        log.info(
                "zoom-ws {} begins, data in {}, durability {}",
                Installation.version(),
                settings.data().toAbsolutePath().normalize(),
                settings.storage().durability().text());
        origin.ifPresent(known -> StartNotices.settings(known.configuration()).forEach(log::info));
        origin.ifPresent(known -> known.configuration().warnings().forEach(log::warn));
        StartNotices.warnings(settings).forEach(log::warn);
        StartNotices.way(settings).forEach(log::info);
        for (Settings.Subscription subscription : settings.subscriptions()) {
            feeds.add(Feeds.open(subscription, settings.connection(), settings.data(), settings.storage()));
        }
        PluginHost plugins = host();
        host = plugins;
        plugins.startAll();
        Keeping keeping =
                new Keeping(settings.data(), feeds.stream().map(Feed::name).toList());
        retention = keeping;
        reloader = origin.map(known -> new Reloader(
                        known.configuration(),
                        known.source(),
                        plugins,
                        new Reloader.Adjustable(keeping::keep, this::useAlerts, Logs::use),
                        path -> pluginPath = path))
                .orElse(null);
        feeds.forEach(feed -> startControl(feed, plugins));
        feeds.forEach(Feed::start);
        keeping.keep(settings.retention());
        startWatching(plugins, keeping);
        if (port != null && board != null) {
            startHttp(port, board, plugins);
        }
    }

    private PluginHost host() {
        Supplier<List<Path>> path = () -> Installation.pluginFolders(pluginPath);
        Supplier<PluginCatalog> folders = () -> PluginCatalog.in(path.get());
        folders.get().missingFolders().forEach(folder -> log.error("there is no plugin folder {}", folder));
        if (settings.plugins().isEmpty()) {
            log.info("no plugins are configured: events are journaled only");
        }
        return new PluginHost(
                settings.plugins(),
                feeds.stream()
                        .map(feed -> Feeds.hosted(feed, settings.data(), pluginMetrics))
                        .toList(),
                Map.of(
                        Isolation.THREAD,
                        new ThreadLauncher(folders),
                        Isolation.PROCESS,
                        new ProcessLauncher(settings.data(), path)));
    }

    /** A server that no command can reach receives all the same. */
    private void startControl(Feed feed, PluginHost plugins) {
        try {
            controls.add(ControlServer.start(
                    settings.data().resolve(feed.name()), feed.name(), handlers(feed.name(), plugins)));
        } catch (IOException e) {
            log.error(
                    "{}: there is no control socket ({}): 'zoom-ws plugins stop', 'start' and 'status' cannot reach this server",
                    feed.name(),
                    e.getMessage());
        }
    }

    /** What commands and HTTP may ask of one subscription. */
    private Map<String, ControlHandler> handlers(String subscription, PluginHost plugins) {
        Map<String, ControlHandler> handlers = new HashMap<>(PluginRequests.of(plugins, subscription));
        handlers.put(RebuildRequests.REBUILD, new RebuildRequests(plugins, subscription));
        handlers.put(RedriveRequests.REDRIVE, new RedriveRequests(InstanceFiles.in(settings.data(), subscription)));
        ReplayRequests replay = new ReplayRequests(plugins, settings.data(), subscription);
        replays.add(replay);
        handlers.put(ReplayRequests.REPLAY, replay);
        if (reloader != null) {
            handlers.put(ReloadRequests.RELOAD, new ReloadRequests(reloader));
        }
        return handlers;
    }

    /** A second server on the same data meets the first one's port before its journals; what is wrong are the journals. */
    private HttpPort takePort() {
        try {
            return HttpPort.take(settings.http().address(), settings.http().port());
        } catch (HttpServerException e) {
            for (Settings.Subscription subscription : settings.subscriptions()) {
                refuseHeld(subscription.name(), e);
            }
            throw e;
        }
    }

    private void refuseHeld(String subscription, HttpServerException clash) {
        Optional<String> holder = Optional.empty();
        try {
            holder = Journals.holder(settings.data(), subscription);
        } catch (JournalException e) {
            clash.addSuppressed(e); // the port is taken all the same
        }
        if (holder.isPresent()) {
            throw new JournalException(
                    "The journal of " + subscription + " in " + settings.data() + " is in use by " + holder.get()
                            + ". Stop that one first, or use another.",
                    clash);
        }
    }

    /** A server that does not know how it is receives all the same. */
    private void startWatching(PluginHost plugins, Keeping keeping) {
        try {
            StatusBoard asked = StatusBoard.start(since, feeds, plugins::status, keeping::policy);
            board = asked;
            alerts = Alerts.start(
                    settings.alert(),
                    asked::status,
                    asked.ledgers(),
                    settings.connection().transport(),
                    Clock.systemUTC());
        } catch (RuntimeException e) {
            log.error("there are NO status and NO alerts; events are received and journaled all the same", e);
        }
    }

    private void useAlerts(AlertSettings other) {
        Alerts running = alerts;
        if (running != null) {
            running.use(other);
        }
    }

    /** A server that cannot tell how it is receives all the same. */
    private void startHttp(HttpPort taken, StatusBoard asked, PluginHost plugins) {
        try {
            List<HttpSources.Subscription> subscriptions = asked.subscriptions(
                    name -> InstanceFiles.in(settings.data(), name), name -> handlers(name, plugins));
            HttpAccess access = settings.http().access();
            HttpServer answering = HttpServer.start(
                    taken, access, new HttpSources(asked::status, pluginMetrics::numbers, subscriptions));
            http = answering;
            log.info("status at {}", answering.address());
            access.warnings(answering.address()).forEach(log::warn);
        } catch (RuntimeException e) {
            log.error("the HTTP server DOES NOT RUN; events are received and journaled all the same", e);
        }
    }

    /**
     * Runs until asked to stop or until a journal fails.
     *
     * @param stop the request
     * @return why the server cannot go on; empty if it was asked to stop
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public Optional<String> await(StopRequest stop) throws InterruptedException {
        while (!stop.await(BETWEEN_CHECKS)) {
            for (Feed feed : feeds) {
                if (feed.failure().isPresent()) {
                    return feed.failure();
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Opens a new connection in place of each that is ready, as before the end of a token; no event is lost by it. Does
     * nothing where a connection is being opened already.
     *
     * @param why for the log
     */
    public void renew(String why) {
        feeds.forEach(feed -> feed.renew(why));
    }

    /**
     * Reads the configuration again and goes by it, as far as that needs no restart. What was done, the log tells. Does nothing if the
     * server was started without a source.
     */
    public void reload() {
        if (reloader != null) {
            reloader.reload(line -> {});
        }
    }

    /**
     * What the plugin instances do.
     *
     * @return one status for each that could be started, in the order of the settings
     */
    public List<InstanceStatus> plugins() {
        return host == null ? List.of() : host.instances();
    }

    /**
     * Where this server tells how it is.
     *
     * @return empty if it does not
     */
    public Optional<URI> httpAddress() {
        return Optional.ofNullable(http).map(HttpServer::address);
    }

    /** Ends everything in order. A second call does nothing. */
    @Override
    public void close() {
        closeHttp();
        controls.forEach(Server::end);
        controls.clear();
        replays.forEach(Server::end);
        replays.clear();
        if (retention != null) {
            retention.close();
        }
        feeds.forEach(Feed::stopReceiving);
        if (host != null) {
            host.close();
        }
        JournalException failure = null;
        for (Feed feed : feeds) {
            try {
                feed.close();
            } catch (JournalException e) {
                log.error("{}: {}", feed.name(), e.getMessage());
                failure = e;
            }
        }
        feeds.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** What answers first, then what it asks. */
    private void closeHttp() {
        end(http);
        end(alerts);
        end(board);
        end(port);
        http = null;
        alerts = null;
        board = null;
        port = null;
    }

    private static void end(@Nullable AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            log.error("a part of the server did not end in order", e);
        }
    }
}
