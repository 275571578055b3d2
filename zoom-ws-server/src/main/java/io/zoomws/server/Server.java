package io.zoomws.server;

import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Stage;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.PluginInstance;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.http.HttpPort;
import io.zoomws.server.http.HttpServer;
import io.zoomws.server.http.HttpServerException;
import io.zoomws.server.plugins.PluginCatalog;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.server.process.ChildJvm;
import io.zoomws.server.process.PluginTask;
import io.zoomws.server.process.ProcessInstance;
import io.zoomws.server.status.PluginStatus;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
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

    /** Once for plugins to finish by themselves and once after an interrupt: half of the ten seconds that are promised. */
    private static final Duration PLUGIN_PATIENCE = Duration.ofMillis(2500);

    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(500);

    private final Settings settings;
    private final PluginCatalog catalog;
    private final List<Feed> feeds = new ArrayList<>();
    private final List<JournalReader> readers = new ArrayList<>();
    private final List<RunningInstance> instances = new ArrayList<>();
    private final List<PluginStatus> refused = new ArrayList<>();
    private final Instant since = Clock.systemUTC().instant();
    private @Nullable RetentionLoop retention;
    private @Nullable HttpPort port;
    private @Nullable StatusBoard board;
    private @Nullable HttpServer http;

    @Inject
    Server(Settings settings, PluginCatalog catalog) {
        this.settings = settings;
        this.catalog = catalog;
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
        Server server = Guice.createInjector(Stage.DEVELOPMENT, new ServerModule(settings))
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
        if (settings.http().enabled()) {
            port = takePort();
        }
        log.info(
                "zoom-ws {} begins, data in {}, durability {}",
                Installation.version(),
                settings.data().toAbsolutePath().normalize(),
                settings.storage().durability().text());
        StartNotices.warnings(settings).forEach(log::warn);
        StartNotices.way(settings).forEach(log::info);
        for (Settings.Subscription subscription : settings.subscriptions()) {
            feeds.add(Feed.open(subscription, settings.connection(), settings.data(), settings.storage()));
        }
        catalog.missingFolders().forEach(folder -> log.error("there is no plugin folder {}", folder));
        if (settings.plugins().isEmpty()) {
            log.info("no plugins are configured: events are journaled only");
        }
        for (Settings.PluginInstance plugin : settings.plugins()) {
            feeds.forEach(feed -> startPlugin(plugin, feed));
        }
        feeds.forEach(Feed::start);
        retention = RetentionLoop.start(
                settings.data(), feeds.stream().map(Feed::name).toList(), settings.retention());
        if (port != null) {
            startHttp(port);
        }
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

    /** A server that cannot tell how it is receives all the same. */
    private void startHttp(HttpPort taken) {
        try {
            StatusBoard asked = StatusBoard.start(since, feeds, instances, refused);
            board = asked;
            HttpServer answering = HttpServer.start(taken, settings.http().insecure(), asked::status, asked.ledgers());
            http = answering;
            log.info("status at {}", answering.address());
            if (settings.http().insecure()) {
                log.warn("whoever reaches {} can read the status: zoomws.http.insecure is true", answering.address());
            }
        } catch (RuntimeException e) {
            log.error("the HTTP server DOES NOT RUN; events are received and journaled all the same", e);
        }
    }

    /** A plugin that cannot run is no reason not to receive: what is journaled from now on is delivered when it can. */
    private void startPlugin(Settings.PluginInstance plugin, Feed feed) {
        PluginInstance.Definition definition = new PluginInstance.Definition(
                plugin.name(), plugin.events(), plugin.orderBy(), plugin.start(), plugin.onLostPosition());
        JournalReader reader = feed.reader();
        CursorStore cursors = feed.cursors();
        readers.add(reader);
        try {
            SubscriptionAccess access = new SubscriptionAccess(
                    reader,
                    name -> cursors.open(name, plugin.required()),
                    cursors::set,
                    InstanceFiles.in(settings.data(), feed.name()));
            PluginInstance.Source source = () -> catalog.find(plugin.plugin());
            instances.add(
                    switch (plugin.isolation()) {
                        case THREAD -> PluginInstance.start(definition, source, access);
                        case PROCESS ->
                            ProcessInstance.start(
                                    new PluginTask(
                                            settings.data(),
                                            feed.name(),
                                            Installation.pluginFolders(settings.pluginPath()),
                                            plugin.plugin(),
                                            definition,
                                            plugin.required()),
                                    source,
                                    access,
                                    ChildJvm.with(List.of("-Xmx256m")),
                                    new Random());
                    });
        } catch (PluginException | JournalException e) {
            refused.add(new PluginStatus(
                    plugin.name(),
                    plugin.plugin(),
                    feed.name(),
                    "refused",
                    Optional.ofNullable(e.getMessage()),
                    0,
                    0,
                    0,
                    0,
                    OptionalLong.empty(),
                    OptionalLong.empty()));
            log.error(
                    "plugin instance {} DOES NOT RUN: {}; events are received and journaled all the same",
                    plugin.name(),
                    e.getMessage());
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
     * What the plugin instances do.
     *
     * @return one status each, in the order of the settings
     */
    public List<PluginInstance.Status> plugins() {
        return instances.stream().map(RunningInstance::status).toList();
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
        if (retention != null) {
            retention.close();
        }
        feeds.forEach(Feed::stopReceiving);
        RunningInstance.stopAll(instances, PLUGIN_PATIENCE, PLUGIN_PATIENCE);
        instances.clear();
        readers.forEach(JournalReader::close);
        readers.clear();
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
        end(board);
        end(port);
        http = null;
        board = null;
        port = null;
    }

    private static void end(@Nullable AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            log.error("the HTTP server did not end in order", e);
        }
    }
}
