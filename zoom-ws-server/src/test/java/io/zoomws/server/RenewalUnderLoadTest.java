package io.zoomws.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.Secret;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import io.zoomws.simulator.SentEvent;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.SimulatorStats;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Entry;
import io.zoomws.spi.Gap;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand events a second while the connection is renewed a hundred times, half of them one upon the other. */
@Timeout(120)
class RenewalUnderLoadTest {

    private static final int RENEWALS = 100;

    @TempDir
    private Path directory;

    @Test
    void nothingIsLostWithoutAGapAndNothingIsHandledTwice() throws Exception {
        PluginJar.withHandler("public void handle(ZoomEvent event, Delivery delivery) {}")
                .writeTo(directory.resolve("plugins/counter/counter.jar"));
        List<SentEvent> sent;
        long handled;
        try (ZoomSimulator simulator = ZoomSimulator.start(
                SimulatorSettings.standard().withEventsPerSecond(1000).withLedgerLimit(1_000_000))) {
            try (Server server = Server.start(settings(simulator))) {
                await(() -> simulator.stats().connectionsLive() == 1);
                for (int i = 0; i < RENEWALS; i++) {
                    long opened = simulator.stats().connectionsOpened();
                    while (simulator.stats().connectionsOpened() == opened) {
                        server.renew("the test asked for it");
                        pause();
                    }
                    if (i % 2 == 0) {
                        // The connection before is read to its end; else it may not be when the next takes over.
                        await(() -> simulator.stats().connections().stream()
                                        .filter(SimulatorStats.Connection::live)
                                        .count()
                                == 1);
                    }
                    pause();
                }
                simulator.stopSending();
                sent = simulator.sent();
                awaitHandled(server, sent.size());
                handled = handled(server);
            }
            SimulatorStats stats = simulator.stats();
            assertThat(stats.connectionsOpened()).isGreaterThan(RENEWALS);
            assertThat(stats.tokensIssued()).as("a good token is used again").isEqualTo(1);
        }

        List<Entry> entries = entries();
        List<String> journaled = events(entries);
        List<Gap> gaps = entries.stream()
                .filter(Gap.class::isInstance)
                .map(Gap.class::cast)
                .toList();
        Set<String> distinct = new HashSet<>(journaled);
        assertThat(handled).as("each first copy is handled once").isEqualTo(journaled.size());
        assertThat(journaled).as("first copies").hasSameSizeAs(distinct);
        assertThat(sent.stream()
                        .filter(event -> !distinct.contains(event.frame()) && !isIn(gaps, event.at()))
                        .toList())
                .as("sent, and neither journaled nor in a gap")
                .isEmpty();
        assertThat(sent.stream().map(SentEvent::frame).collect(Collectors.toSet()))
                .as("what was sent")
                .containsAll(distinct);
        // A kick that is read before the confirmation leaves a gap of a moment; it must be the exception.
        assertThat(gaps).hasSizeLessThan(RENEWALS / 2).allSatisfy(gap -> assertThat(gap.cause())
                .containsAnyOf("renewal: ", "connected in another place"));
    }

    private Settings settings(ZoomSimulator simulator) {
        SimulatorSettings app = simulator.settings();
        return new Settings(
                directory.resolve("data"),
                List.of(new Settings.Subscription(
                        "main",
                        app.subscriptionId(),
                        app.clientId(),
                        Secret.of(app.clientSecret()),
                        Optional.of(app.accountId()),
                        simulator.tokenUrl(),
                        simulator.webSocketUrl())),
                List.of(directory.resolve("plugins")),
                Settings.Connection.STANDARD,
                List.of(new Settings.PluginInstance("counter", "counter", Position.LATEST)));
    }

    private static boolean isIn(List<Gap> gaps, Instant at) {
        return gaps.stream().anyMatch(gap -> !at.isBefore(gap.from()) && !at.isAfter(gap.to()));
    }

    private static long handled(Server server) {
        return server.plugins().get(0).handled();
    }

    /** Waits until all is handled, or for half a minute after the last progress: then the comparison tells what is missing. */
    private static void awaitHandled(Server server, long wanted) throws InterruptedException {
        long last = -1;
        long progressNanos = System.nanoTime();
        while (handled(server) < wanted
                && System.nanoTime() - progressNanos < Duration.ofSeconds(30).toNanos()) {
            if (handled(server) != last) {
                last = handled(server);
                progressNanos = System.nanoTime();
            }
            pause();
        }
    }

    private interface Condition {
        boolean isTrue();
    }

    private static void await(Condition condition) throws InterruptedException {
        while (!condition.isTrue()) {
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        new StopRequest().await(Duration.ofMillis(10));
    }

    private static List<String> events(List<Entry> entries) {
        return entries.stream()
                .filter(ZoomEvent.class::isInstance)
                .map(ZoomEvent.class::cast)
                .filter(event -> event.duplicateOf().isEmpty())
                .map(event -> new String(event.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = Journals.openReader(directory.resolve("data"), "main");
                Tailer tailer = reader.tail(1)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
