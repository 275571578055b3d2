package io.zoomws.server.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.spi.JournalException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /}, {@code /health/…}, {@code /metrics} and {@code /api/v1/…}; see {@link Routes}.
 *
 * <p>Its threads are called {@code http-…} and there are {@link #THREADS} at most, besides one for each stream of events. There
 * are {@link #CONNECTIONS} connections at most, more wait to be accepted; {@link Connectors} says when one is cut.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    private static final int THREADS = 8;
    private static final int CONNECTIONS = 64;
    private static final long BODY_BYTES = 64 << 10;

    /** A body that comes more slowly would hold one of the few threads for long. */
    private static final long LEAST_BODY_BYTES_A_SECOND = 1000;

    /** For a whole request header to come. */
    private static final Duration HEADER = Duration.ofSeconds(20);

    private static final Duration STOP = Duration.ofMillis(500);

    private final Javalin javalin;
    private final EventStreams streams;
    private final Upkeep upkeep;
    private final URI address;

    private HttpServer(Javalin javalin, EventStreams streams, Upkeep upkeep, URI address) {
        this.javalin = javalin;
        this.streams = streams;
        this.upkeep = upkeep;
        this.address = address;
    }

    /**
     * Begins to answer.
     *
     * @param port from now on this server's; closed with it, and if it cannot start
     * @param access who may ask
     * @param sources what is told
     * @return the running server
     */
    public static HttpServer start(HttpPort port, HttpAccess access, HttpSources sources) {
        boolean started = false;
        Subscriptions subscriptions = new Subscriptions(sources.subscriptions());
        EventStreams streams = new EventStreams(subscriptions);
        try {
            SlowConnections connections = new SlowConnections(System::nanoTime, HEADER.toNanos());
            Optional<SslContextFactory.Server> tls = access.tls().map(Connectors::tls);
            boolean local = port.address().isLoopbackAddress();
            List<Route> routes = new Routes(sources, local, streams).all(subscriptions);
            Javalin javalin = Javalin.create(config -> {
                configure(config, new RequestGuard(hosts(port, access), connections, BODY_BYTES));
                config.jetty.addConnector((server, http) -> Connectors.of(server, http, port, tls, connections));
                route(config, new Gate(access), routes);
            });
            javalin.start();
            started = true;
            return new HttpServer(
                    javalin, streams, upkeep(access, tls, connections, streams), address(port, tls.isPresent()));
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

    private static URI address(HttpPort port, boolean secure) {
        InetAddress address = port.address();
        String host = address.getHostAddress().replaceAll("%.*", "");
        return URI.create((secure ? "https://" : "http://")
                + (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port.number() + "/");
    }

    private static Upkeep upkeep(
            HttpAccess access,
            Optional<SslContextFactory.Server> tls,
            SlowConnections connections,
            EventStreams streams) {
        List<Runnable> tasks = new ArrayList<>(List.of(connections::sweep, streams::sweep));
        if (access.tls().isPresent() && tls.isPresent()) {
            SslContextFactory.Server shown = tls.get();
            tasks.add(new RenewedCertificate(access.tls().get(), renewed -> Connectors.renew(shown, renewed))::check);
        }
        Upkeep upkeep = new Upkeep(tasks);
        upkeep.start();
        return upkeep;
    }

    private static void configure(JavalinConfig config, RequestGuard guard) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = BODY_BYTES;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("http");
        threads.setDaemon(true);
        // An answer that is still being written then is cut: the end of the server must not wait for a slow reader.
        threads.setStopTimeout(STOP.toMillis());
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            server.insertHandler(new MinimumDataRateHandler(LEAST_BODY_BYTES_A_SECOND, 0));
            server.insertHandler(guard);
            server.setErrorHandler(new ProblemErrors());
            // Who has not been answered yet asks again.
            server.setStopTimeout(0);
            server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
        });
    }

    private static Optional<HostCheck> hosts(HttpPort port, HttpAccess access) {
        if (access.insecure()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(access.hostNames());
        access.tls().ifPresent(identity -> names.addAll(identity.hostNames()));
        return Optional.of(new HostCheck(
                port.number(), access.tls().isPresent(), !port.address().isLoopbackAddress(), names));
    }

    private static void route(JavalinConfig config, Gate gate, List<Route> routes) {
        for (Route route : routes) {
            Handler handler = request -> gate.handle(route, request);
            config.routes.addHttpHandler(route.method(), route.path(), handler);
            if (!route.isAction()) {
                // Left to itself, Javalin would answer 200 to whatever is asked with HEAD.
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), handler);
            }
        }
        config.routes.exception(ProblemException.class, (e, request) -> answer(request, e.problem()));
        config.routes.exception(
                HttpResponseException.class, (e, request) -> answer(request, Problem.of(e.getStatus())));
        config.routes.exception(JournalException.class, (e, request) -> {
            log.error("a request could not be answered: {}", e.getMessage());
            answer(request, Problem.of(500));
        });
        config.routes.exception(Exception.class, (e, request) -> {
            log.error("a request could not be answered: this is a bug of the server", e);
            answer(request, Problem.of(500));
        });
    }

    private static void answer(Context request, Problem problem) {
        if (problem.status() == 401) {
            request.header("WWW-Authenticate", "Bearer");
        }
        request.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(problem.json());
    }

    /** Ends answering, streams of events included. */
    @Override
    public void close() {
        upkeep.close();
        streams.close();
        javalin.stop();
    }
}
