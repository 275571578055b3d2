package io.zoomws.plugin.camelroutes;

import io.zoomws.spi.Cursors;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.NotReplayable;
import io.zoomws.spi.PluginContext;
import io.zoomws.spi.PluginMetrics;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Camel routes from the YAML files of a folder. A route reads the journal by itself, from a cursor of its own; what the host
 * hands to this handler is passed on to nobody. It is held up until each route that follows the journal has passed it, so that the
 * instance's lag is that of its slowest route, and the instance is blocked while a route is.
 */
@NotReplayable(
        "its routes read the journal by themselves; put a route from zoomws:NAME?source=replay into its folder instead")
public final class CamelRoutes implements EventHandler, AutoCloseable {

    /** A route that is slow and not stuck has as a rule passed an event by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long exchanges under way have at the end. The host is patient for some seconds, and then takes the cursors away. */
    private static final Duration DRAIN = Duration.ofMillis(1500);

    /** The same if a route is stuck, which has taken up half of the host's patience already. */
    private static final Duration HURRIED_DRAIN = Duration.ofMillis(300);

    /** What the end of the routes takes beyond, if they do not end by themselves. */
    private static final Duration FORCE = Duration.ofMillis(1700);

    private static final Logger log = LoggerFactory.getLogger(CamelRoutes.class);

    private final String instance;
    private final Positions positions = new Positions();
    private final RouteWatch watch;
    private final Duration poll;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean hurried;

    /**
     * Begins to watch the folder.
     *
     * @param settings where the files are
     * @param context who this is
     * @param reader of the host's journal, for the routes
     * @param cursors of this instance, for the routes
     * @param metrics where the routes' numbers are shown
     * @param clock for trying again
     */
    public CamelRoutes(
            RoutesSettings settings,
            PluginContext context,
            JournalReader reader,
            Cursors cursors,
            PluginMetrics metrics,
            Clock clock) {
        this.instance = context.instance();
        this.poll = settings.poll();
        RouteNumbers numbers = new RouteNumbers(metrics);
        RouteFailures failures = new RouteFailures(instance, numbers);
        Host host = new Host(instance, context.subscription(), jars(), reader, cursors, positions, failures);
        this.watch = new RouteWatch(new Folder(settings.directory().toAbsolutePath()), host, numbers, clock);
        this.thread = new Thread(this::watch, "routes of " + instance);
        thread.setContextClassLoader(CamelRoutes.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
    }

    /** Where this class is, and whatever else is to be found by its class loader. */
    private static Path jars() {
        try {
            Path here = Path.of(CamelRoutes.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Objects.requireNonNull(here.toAbsolutePath().getParent(), "no jar is the root");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class loader gives the place of its classes as a URI", e);
        }
    }

    /**
     * Waits until the routes have passed an event.
     *
     * @param event which
     * @param delivery how it comes
     * @throws RetryLater if one has not after a while
     * @throws InterruptedException if the instance is to end
     */
    @Override
    public void handle(ZoomEvent event, Delivery delivery) throws RetryLater, InterruptedException {
        boolean passed;
        try {
            passed = positions.awaitPassed(event.sequence(), PATIENCE);
        } catch (InterruptedException e) {
            hurried = true;
            throw e;
        }
        if (!passed) {
            throw new RetryLater("a route has yet to pass this event");
        }
    }

    private void watch() {
        try {
            do {
                look();
            } while (!stop.await(poll.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            log.debug("{}: interrupted while a file was loaded", instance); // By close, so what follows is the end.
        }
        try {
            watch.stop(drain());
        } catch (InterruptedException e) {
            log.warn("{}: its routes did not end in time; what was not done is delivered again", instance);
        }
    }

    private Duration drain() {
        return hurried ? HURRIED_DRAIN : DRAIN;
    }

    /** Whatever went wrong, the next look may mend it. */
    private void look() {
        try {
            watch.look();
        } catch (RuntimeException | Error e) { // Of components, which may throw anything.
            log.error("{}: the route files were not looked at to the end ({})", instance, Thrown.classes(e));
        }
    }

    /** Stops all routes; what they save later has no effect, since the host takes the cursors away. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(drain().plus(FORCE).toMillis());
        } catch (InterruptedException e) {
            // The host's patience is at an end. The thread is not marked again: what the host does next are writes to
            // files.
            log.debug("{}: interrupted while it ends", instance);
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
