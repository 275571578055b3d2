package io.zoomws.plugin.camelroutes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version of one file, in a Camel context of its own, so that what is wrong with it concerns no other. */
final class RouteFile {

    private static final Logger log = LoggerFactory.getLogger(RouteFile.class);

    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(300);

    private final String name;
    private final Content content;
    private final Host host;
    private final RouteCursors cursors;
    private final DefaultCamelContext camel = new DefaultCamelContext(false);
    private final RouteChecks checks;

    private RouteFile(String name, Content content, Host host, Map<String, String> elsewhere) {
        this.name = name;
        this.content = content;
        this.host = host;
        this.cursors = new RouteCursors(host.cursors(), host.positions());
        this.checks = new RouteChecks(host, camel, elsewhere);
    }

    /**
     * Makes its routes, endpoints included, and starts none.
     *
     * @param elsewhere the files of the routes that other files hold, by the id of the route
     * @throws Mistake if it cannot be run as it is
     */
    static RouteFile prepare(String name, Content content, Host host, Map<String, String> elsewhere) {
        RouteFile file = new RouteFile(name, content, host, elsewhere);
        try {
            file.prepare();
            return file;
        } catch (Exception | LinkageError e) { // A component's classes may be there in part.
            file.stop(Duration.ZERO);
            throw file.diagnosis(e);
        }
    }

    private void prepare() throws Exception {
        if (new String(content.bytes(), java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
            throw new Mistake(0, "it is empty: delete it to stop its routes");
        }
        configure();
        camel.start();
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel)
                .findRoutesBuilders(ResourceHelper.fromBytes(name, content.bytes()))) {
            if (builder instanceof RouteBuilder routes) {
                routes.addLifecycleInterceptor(checks);
            }
            camel.addRoutes(builder);
        }
        if (checks.routes().isEmpty()) {
            throw new Mistake(0, "it holds no route");
        }
    }

    private void configure() {
        camel.setNameStrategy(new ExplicitCamelContextNameStrategy(name));
        camel.setApplicationContextClassLoader(RouteFile.class.getClassLoader());
        camel.setSourceLocationEnabled(true);
        camel.setAutoStartup(false);
        camel.build();
        camel.getRegistry().bind("zoomws-reader-" + host.subscription(), host.reader());
        camel.getRegistry().bind("zoomws-cursors-" + host.subscription(), cursors);
        camel.getManagementStrategy().addEventNotifier(host.failures().of(name));
        // What it logs of a failure quotes the message.
        DefaultErrorHandlerDefinition silent = new DefaultErrorHandlerDefinition();
        silent.setRedeliveryPolicy(
                new RedeliveryPolicyDefinition().logExhausted(false).logExhaustedMessageHistory(false));
        camel.getCamelContextExtension().setErrorHandlerFactory(silent);
    }

    /**
     * Starts all.
     *
     * @throws Mistake if one does not start; then none runs
     */
    void start() {
        try {
            camel.getRouteController().startAllRoutes();
        } catch (Exception | LinkageError e) {
            stop(Duration.ZERO);
            throw diagnosis(e);
        }
    }

    private Mistake diagnosis(Throwable thrown) {
        return new Diagnosis(host, camel, content, checks.definitions()).of(thrown);
    }

    /** Lets exchanges end for a while, saves positions, and lets go of the cursors whatever happens. */
    void stop(Duration drain) {
        ShutdownStrategy shutdown = camel.getShutdownStrategy();
        shutdown.setTimeUnit(TimeUnit.MILLISECONDS);
        shutdown.setTimeout(Math.max(1, drain.toMillis()));
        shutdown.setLogInflightExchangesOnTimeout(false);
        // Behind the drain: threads that are interrupted end soon or never.
        camel.getExecutorServiceManager().setShutdownAwaitTermination(AFTER_INTERRUPT.toMillis());
        try {
            camel.stop();
        } catch (RuntimeException | LinkageError e) {
            log.warn("{}: {} does not stop as it should ({})", host.instance(), name, Thrown.classes(e));
        } finally {
            cursors.close();
        }
    }

    Content content() {
        return content;
    }

    List<RouteName> routes() {
        return checks.routes();
    }

    /** The cursors with which its routes follow the journal. */
    Set<String> followed() {
        return routes().stream().flatMap(route -> route.cursor().stream()).collect(Collectors.toSet());
    }

    /** Whether a route runs and can do its work. */
    boolean isUp(String route) {
        Route running = camel.getRoute(route);
        if (running == null || !camel.getRouteController().getRouteStatus(route).isStarted()) {
            return false;
        }
        HealthCheck health = running.getConsumer() instanceof HealthCheckAware aware ? aware.getHealthCheck() : null;
        return health == null || health.call().getState() != HealthCheck.State.DOWN;
    }
}
