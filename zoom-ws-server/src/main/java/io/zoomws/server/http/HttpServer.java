package io.zoomws.server.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.status.PluginNumber;
import io.zoomws.server.status.ServerStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /}, {@code /health/…}, {@code /metrics} and {@code /api/v1/…}, to be read only.
 *
 * <p>Its threads are called {@code http-…} and there are {@link #THREADS} at most. There are {@link #CONNECTIONS} connections
 * at most, more wait to be accepted; one that is silent for {@link #IDLE} is cut.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    private static final int THREADS = 8;
    private static final int CONNECTIONS = 64;
    private static final int HEADER_BYTES = 8192;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofMillis(500);
    private static final String JSON = "application/json";

    private final Javalin javalin;
    private final URI address;

    private HttpServer(Javalin javalin, URI address) {
        this.javalin = javalin;
        this.address = address;
    }

    /**
     * Begins to answer.
     *
     * @param port from now on this server's; closed with it, and if it cannot start
     * @param anyHost whether requests may name any host, rather than loopback names only
     * @param status asked for each request, by any thread
     * @param numbers what plugins tell of themselves, asked for each scrape, by any thread
     * @param ledgers the gaps, by subscription
     * @return the running server
     */
    public static HttpServer start(
            HttpPort port,
            boolean anyHost,
            Supplier<ServerStatus> status,
            Supplier<List<PluginNumber>> numbers,
            Map<String, GapLedger> ledgers) {
        boolean started = false;
        try {
            Javalin javalin = Javalin.create(config -> {
                configure(config, port, anyHost);
                route(config, status, numbers, ledgers);
            });
            javalin.start();
            started = true;
            return new HttpServer(javalin, address(port));
        } finally {
            if (!started) {
                port.close();
            }
        }
    }

    /**
     * Where it answers.
     *
     * @return the address of the page that lists the others
     */
    public URI address() {
        return address;
    }

    private static URI address(HttpPort port) {
        InetAddress address = port.address();
        String host = address.getHostAddress().replaceAll("%.*", "");
        return URI.create(
                "http://" + (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port.number() + "/");
    }

    private static void configure(JavalinConfig config, HttpPort port, boolean anyHost) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("http");
        threads.setDaemon(true);
        // An answer that is still being written then is cut: the end of the server must not wait for a slow reader.
        threads.setStopTimeout(STOP.toMillis());
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            server.insertHandler(new RequestGuard(port.number(), anyHost));
            server.setErrorHandler(new ProblemErrors());
            // Who has not been answered yet asks again.
            server.setStopTimeout(0);
            server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
        });
        config.jetty.addConnector((server, http) -> connector(server, http, port));
    }

    private static Connector connector(Server server, HttpConfiguration http, HttpPort port) {
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setIdleTimeout(IDLE.toMillis());
        try {
            connector.open(port.channel());
        } catch (IOException e) {
            throw new UncheckedIOException("the port that was taken cannot be used", e);
        }
        return connector;
    }

    private static void route(
            JavalinConfig config,
            Supplier<ServerStatus> status,
            Supplier<List<PluginNumber>> numbers,
            Map<String, GapLedger> ledgers) {
        Clock clock = Clock.systemUTC();
        Gaps gaps = new Gaps(ledgers, clock);
        Metrics metrics = new Metrics(status, numbers, clock);
        Dashboard.route(config);
        config.routes.get("/health/live", request -> answer(request, Health.live()));
        config.routes.get("/health/ready", request -> {
            ServerStatus now = status.get();
            request.status(now.ready() ? 200 : 503);
            answer(request, Health.ready(now));
        });
        config.routes.get(
                "/metrics", request -> request.contentType(Metrics.CONTENT_TYPE).result(metrics.scrape()));
        config.routes.get(
                "/api/v1/status", request -> answer(request, StatusJson.status(status.get(), clock.instant())));
        config.routes.get("/api/v1/gaps", request -> answer(request, gaps.answer(request)));
        config.routes.get("/api/v1/plugins", request -> answer(request, StatusJson.plugins(status.get())));
        config.routes.exception(ProblemException.class, (e, request) -> answer(request, e.problem()));
        config.routes.exception(
                HttpResponseException.class, (e, request) -> answer(request, Problem.of(e.getStatus())));
        config.routes.exception(Exception.class, (e, request) -> {
            log.error("a request could not be answered: this is a bug of the server", e);
            answer(request, Problem.of(500));
        });
    }

    private static void answer(Context request, byte[] json) {
        request.contentType(JSON).result(json);
    }

    private static void answer(Context request, Problem problem) {
        request.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(problem.json());
    }

    /** Ends answering. */
    @Override
    public void close() {
        javalin.stop();
    }
}
