package io.zoomws.server.demo;

import io.zoomws.auth.Secret;
import io.zoomws.journal.Journals;
import io.zoomws.server.Server;
import io.zoomws.server.StopRequest;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.http.HttpServerException;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a server against a simulated Zoom for a while and compares what was sent with what arrived. */
public final class Demo {

    /** The name of the subscription, and so of its folder in the data directory. */
    public static final String SUBSCRIPTION = "demo";

    /** How long the end of a demonstration may take: longer than that of a server, which need not hand on everything. */
    public static final Duration END = Duration.ofMinutes(1);

    private static final String PLUGIN = "console";
    // Long for a slow machine; where all is well nobody waits for them.
    private static final Duration CONNECT = Duration.ofMinutes(1);
    private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(40);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Path data;
    private final List<Path> pluginPath;
    private final OptionalInt port;
    private final Consumer<String> messages;

    /**
     * Prepares a demonstration.
     *
     * @param data a data directory without any subscription but {@link #SUBSCRIPTION}
     * @param pluginPath where the console plugin is; empty: in the installation
     * @param port for HTTP, 0 for any free one; empty: the usual one, or any free one if that is taken
     * @param messages told, in one line each, what the user should know
     */
    public Demo(Path data, List<Path> pluginPath, OptionalInt port, Consumer<String> messages) {
        this.data = data;
        this.pluginPath = List.copyOf(pluginPath);
        this.port = port;
        this.messages = messages;
    }

    /**
     * Runs until asked to stop or until the time is over, and not much longer.
     *
     * @param eventsPerSecond how fast the simulator sends
     * @param duration how long to go on once events are received
     * @param stop when to stop sending
     * @return what became of the events
     * @throws InterruptedException if the calling thread is interrupted
     * @throws io.zoomws.spi.JournalException if the journal cannot be opened or closed
     * @throws HttpServerException if the port that was asked for is taken
     */
    public DemoSummary run(double eventsPerSecond, Duration duration, StopRequest stop) throws InterruptedException {
        long begin = begin();
        long sent;
        long handled;
        try (ZoomSimulator simulator =
                ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(eventsPerSecond))) {
            try (Server server = start(simulator)) {
                awaitConnection(simulator, stop);
                CompletableFuture.delayedExecutor(duration.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(stop::request);
                server.await(stop);
                simulator.stopSending();
                sent = simulator.stats().eventsSent();
                handled = drained(server, sent);
            }
        }
        return count(begin, sent, handled);
    }

    /** The first sequence of this run: the directory may hold a demonstration of before. */
    private long begin() {
        if (!Journals.subscriptions(data).contains(SUBSCRIPTION)) {
            return 1;
        }
        try (JournalReader reader = Journals.openReader(data, SUBSCRIPTION)) {
            return reader.resolve(Position.LATEST);
        }
    }

    private Server start(ZoomSimulator simulator) {
        Server server;
        try {
            server = Server.start(settings(simulator, port.orElse(Settings.Http.STANDARD_PORT)));
        } catch (HttpServerException e) {
            if (port.isPresent()) {
                throw e;
            }
            messages.accept("Port " + Settings.Http.STANDARD_PORT + " is taken; using any free one.");
            server = Server.start(settings(simulator, 0));
        }
        server.httpAddress().ifPresent(address -> messages.accept("How it is: " + address));
        return server;
    }

    private Settings settings(ZoomSimulator simulator, int httpPort) {
        SimulatorSettings app = simulator.settings();
        Settings.Subscription subscription = new Settings.Subscription(
                SUBSCRIPTION,
                app.subscriptionId(),
                app.clientId(),
                Secret.of(app.clientSecret()),
                Optional.of(app.accountId()),
                simulator.tokenUrl(),
                simulator.webSocketUrl());
        Settings.PluginInstance plugin = new Settings.PluginInstance(PLUGIN, PLUGIN, Position.LATEST);
        return new Settings(
                data,
                List.of(subscription),
                pluginPath,
                Settings.Connection.STANDARD,
                List.of(plugin),
                Settings.Http.loopback(httpPort));
    }

    private static void awaitConnection(ZoomSimulator simulator, StopRequest stop) throws InterruptedException {
        long begin = System.nanoTime();
        while (simulator.stats().connectionsLive() == 0
                && System.nanoTime() - begin < CONNECT.toNanos()
                && !stop.await(BETWEEN_LOOKS)) {
            // The wait is in the condition.
        }
    }

    /** Waits until all that was sent is handled, or nothing more can be expected. */
    private static long drained(Server server, long sent) throws InterruptedException {
        long begin = System.nanoTime();
        long progress = begin;
        long handled = handled(server);
        while (handled < sent
                && isRunning(server)
                && System.nanoTime() - begin < DRAIN.toNanos()
                && System.nanoTime() - progress < WITHOUT_PROGRESS.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            long now = handled(server);
            progress = now == handled ? progress : System.nanoTime();
            handled = now;
        }
        return handled;
    }

    private static boolean isRunning(Server server) {
        return server.plugins().stream()
                .map(InstanceStatus::state)
                .anyMatch(state -> state == InstanceState.STARTING || state == InstanceState.RUNNING);
    }

    private static long handled(Server server) {
        return server.plugins().stream().mapToLong(InstanceStatus::handled).sum();
    }

    private DemoSummary count(long begin, long sent, long handled) {
        long journaled = 0;
        long duplicates = 0;
        long gaps = 0;
        try (JournalReader reader = Journals.openReader(data, SUBSCRIPTION);
                Tailer tailer = reader.tail(begin)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                if (entry instanceof ZoomEvent event) {
                    journaled++;
                    duplicates += event.duplicateOf().isPresent() ? 1 : 0;
                } else if (entry instanceof Gap) {
                    gaps++;
                }
            }
        }
        return new DemoSummary(sent, journaled, duplicates, handled, gaps);
    }
}
