package io.zoomws.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.auth.Proxy;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.fixtures.PluginJar;
import io.zoomws.journal.CursorState;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.JournalWriter;
import io.zoomws.journal.Journals;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.config.Settings;
import io.zoomws.server.delivery.EventChoice;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.LostPosition;
import io.zoomws.server.demo.Demo;
import io.zoomws.server.demo.DemoSummary;
import io.zoomws.server.plugins.RawSettings;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Cursor;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ServerTest {

    @TempDir
    private Path directory;

    private Path plugins = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void writePlugin() {
        plugins = directory.resolve("plugins");
        data = directory.resolve("data");
        PluginJar.withHandler("public void handle(ZoomEvent event, Delivery delivery) {}")
                .writeTo(plugins.resolve("console/console.jar"));
    }

    @Test
    void whatIsSentIsJournaledAsItWasSentAndHandled() throws Exception {
        String event = "{\"event\":\"odd.one\",\"payload\":{\"n\":1e-07,\"object\":{\"id\":12345678901234567890}}}";
        try (ZoomSimulator simulator = silentSimulator();
                Server server = Server.start(settings(simulator, "console"))) {
            sendUntilReceived(simulator, event);
            awaitHandled(server, 1);
        }

        List<Entry> entries = entries();

        assertThat(entries).extracting(Entry::sequence).first().isEqualTo(1L);
        assertThat(entries.stream().filter(ZoomEvent.class::isInstance).map(ZoomEvent.class::cast))
                .extracting(ZoomEvent::json)
                .containsExactly(event);
        assertThat(entries)
                .extracting(Entry::kind)
                .startsWith(EntryKind.OPENED, EntryKind.CONNECTED, EntryKind.CONTROL)
                // An answered heartbeat may still come between the two.
                .containsOnlyOnce(EntryKind.DISCONNECTED)
                .endsWith(EntryKind.CLOSED);
    }

    @Test
    void aRestartIsAGapAndThePluginGoesOnWhereItWas() throws Exception {
        try (ZoomSimulator simulator = silentSimulator()) {
            try (Server server = Server.start(settings(simulator, "console"))) {
                sendUntilReceived(simulator, "{\"event\":\"first\"}");
                awaitHandled(server, 1);
            }
            try (Server server = Server.start(settings(simulator, "console"))) {
                sendUntilReceived(simulator, "{\"event\":\"second\"}");
                awaitHandled(server, 1);
                assertThat(server.plugins().get(0).gaps()).isEqualTo(1);
            }
        }

        assertThat(entries()).extracting(Entry::kind).containsOnlyOnce(EntryKind.GAP);
    }

    @Test
    void aProxyThatIsConfiguredCarriesTokensAndEvents() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy();
                ZoomSimulator simulator = silentSimulator()) {
            Transport transport = Transport.DIRECT.withProxy(Proxy.parse("http://127.0.0.1:" + proxy.port()));
            try (Server server = Server.start(settings(simulator, "console", through(transport)))) {
                sendUntilReceived(simulator, "{\"event\":\"first\"}");
                awaitHandled(server, 1);
            }
            String token = simulator.tokenUrl().getRawAuthority();
            String events = simulator.webSocketUrl().getRawAuthority();
            assertThat(proxy.asked())
                    .containsExactly(
                            "CONNECT " + token + " HTTP/1.1\r\nHost: " + token + "\r\n\r\n",
                            "CONNECT " + events + " HTTP/1.1\r\nHost: " + events + "\r\n\r\n");
        }
    }

    private static Settings.Connection through(Transport transport) {
        Settings.Connection standard = Settings.Connection.STANDARD;
        return new Settings.Connection(
                standard.heartbeat(),
                standard.heartbeatTimeout(),
                standard.renewal(),
                standard.connectTimeout(),
                standard.longestBackOff(),
                standard.maxFrameBytes(),
                standard.allowInsecure(),
                transport);
    }

    @Test
    void aMissingPluginDoesNotKeepTheServerFromReceiving() throws Exception {
        try (ZoomSimulator simulator = silentSimulator();
                Server server = Server.start(settings(simulator, "missing"))) {
            sendUntilReceived(simulator, "{\"event\":\"first\"}");
            assertThat(server.plugins()).isEmpty();
        }

        assertThat(entries()).extracting(Entry::kind).containsOnlyOnce(EntryKind.EVENT);
    }

    @Test
    void aPluginThatIsMendedLaterGetsWhatCameMeanwhile() throws Exception {
        try (ZoomSimulator simulator = silentSimulator()) {
            try (Server server = Server.start(settings(simulator, "missing"))) {
                sendUntilReceived(simulator, "{\"event\":\"first\"}");
                assertThat(server.plugins()).isEmpty();
            }
            PluginJar.withHandler("public void handle(ZoomEvent event, Delivery delivery) {}")
                    .writeTo(plugins.resolve("missing/missing.jar"));
            try (Server server = Server.start(settings(simulator, "missing"))) {
                awaitHandled(server, 1);
            }
        }
    }

    @Test
    void aPluginWhoseCursorIsFromTheFutureDoesNotRunAndTheServerDoes() throws Exception {
        try (Cursor cursor = Journals.cursors(data, "main").open("mine")) {
            cursor.save(1000);
        }
        try (ZoomSimulator simulator = silentSimulator();
                Server server = Server.start(settings(simulator, "console"))) {
            sendUntilReceived(simulator, "{\"event\":\"first\"}");
            assertThat(server.plugins()).isEmpty();
        }

        assertThat(entries()).extracting(Entry::kind).containsOnlyOnce(EntryKind.EVENT);
        try (Cursor cursor = Journals.cursors(data, "main").open("mine")) {
            assertThat(cursor.position()).hasValue(1000);
        }
    }

    @Test
    void whatIsTooOldIsRemovedBesideTheFeedAndARequiredInstanceIsWaitedFor() throws Exception {
        Clock old = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        for (int run = 0; run < 3; run++) {
            JournalWriter.open(data, "main", old, JournalSettings.DEFAULT).close();
        }
        Journals.cursors(data, "main").set("mine", 3);
        RetentionPolicy policy =
                new RetentionPolicy(Optional.of(Duration.ofDays(1)), OptionalLong.empty(), OptionalLong.empty());
        try (ZoomSimulator simulator = silentSimulator()) {
            Settings settings = settings(simulator, "missing");
            Settings.PluginInstance mine = new Settings.PluginInstance(
                    "mine",
                    "missing",
                    Position.LATEST,
                    EventChoice.ALL,
                    Optional.empty(),
                    true,
                    LostPosition.STOP,
                    Isolation.THREAD,
                    List.of(),
                    RawSettings.none("mine"));
            try (Server server = Server.start(with(settings, mine, policy))) {
                sendUntilReceived(simulator, "{\"event\":\"first\"}");
                awaitEarliest(3);
                assertThat(server.plugins()).isEmpty();
            }
            try (Server server = Server.start(with(settings, settings.plugins().get(0), policy))) {
                awaitEarliest(7);
                assertThat(server.plugins()).isEmpty();
            }
        }
        assertThat(entries()).extracting(Entry::kind).containsOnlyOnce(EntryKind.EVENT);
        assertThat(Journals.cursors(data, "main").list(7, 100))
                .extracting(CursorState::condition)
                .containsExactly(CursorState.Condition.TOO_OLD);
    }

    private static Settings with(Settings settings, Settings.PluginInstance plugin, RetentionPolicy retention) {
        return new Settings(
                settings.data(),
                settings.subscriptions(),
                settings.pluginPath(),
                settings.connection(),
                List.of(plugin),
                settings.http(),
                settings.storage(),
                retention);
    }

    private void awaitEarliest(long sequence) throws InterruptedException {
        while (earliest() < sequence) {
            new StopRequest().await(Duration.ofMillis(10));
        }
        assertThat(earliest()).isEqualTo(sequence);
    }

    private long earliest() {
        try (JournalReader reader = Journals.openReader(data, "main")) {
            return reader.resolve(Position.EARLIEST);
        }
    }

    @Test
    void aSecondServerOnOneJournalIsRefusedAndTheFirstNamed() throws Exception {
        try (ZoomSimulator simulator = silentSimulator();
                Server first = Server.start(settings(simulator, "console"))) {
            assertThat(first.plugins()).hasSize(1);
            assertThatThrownBy(() -> Server.start(settings(simulator, "console")))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void theThreeNumbersOfTheDemoAgree() throws Exception {
        List<String> messages = new ArrayList<>();
        DemoSummary summary = new Demo(data, List.of(plugins), OptionalInt.of(0), messages::add)
                .run(200, Duration.ofSeconds(1), new StopRequest());

        assertThat(messages).singleElement().asString().matches("How it is: http://127\\.0\\.0\\.1:\\d+/");
        assertThat(summary.sent()).isPositive();
        assertThat(summary.agrees()).as(summary.line()).isTrue();
        assertThat(summary.line())
                .isEqualTo("sent %1$d, journaled %1$d, handled %1$d, gaps 0".formatted(summary.sent()));
    }

    @Test
    void aDemoThatLosesSomethingSaysSo() {
        DemoSummary summary = new DemoSummary(3, 3, 0, 2, 1);

        assertThat(summary.agrees()).isFalse();
        assertThat(summary.line()).isEqualTo("sent 3, journaled 3, handled 2, gaps 1  THESE NUMBERS SHOULD AGREE");
        assertThat(new DemoSummary(3, 3, 1, 2, 0).agrees()).isTrue();
    }

    private static ZoomSimulator silentSimulator() {
        return ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(0));
    }

    private Settings settings(ZoomSimulator simulator, String plugin) {
        return settings(simulator, plugin, Settings.Connection.STANDARD);
    }

    private Settings settings(ZoomSimulator simulator, String plugin, Settings.Connection connection) {
        SimulatorSettings app = simulator.settings();
        return new Settings(
                data,
                List.of(new Settings.Subscription(
                        "main",
                        app.subscriptionId(),
                        app.clientId(),
                        Secret.of(app.clientSecret()),
                        Optional.of(app.accountId()),
                        simulator.tokenUrl(),
                        simulator.webSocketUrl())),
                List.of(plugins),
                connection,
                List.of(new Settings.PluginInstance("mine", plugin, Position.LATEST)));
    }

    /** Before the connection is ready an event is lost, as with Zoom: it is sent again until it is written. */
    /** Sent is not received: the client may end before it has read what the simulator wrote. */
    private void sendUntilReceived(ZoomSimulator simulator, String event) throws InterruptedException {
        while (!simulator.send(event)) {
            new StopRequest().await(Duration.ofMillis(20));
        }
        while (entries().stream().noneMatch(entry -> entry.kind() == EntryKind.EVENT)) {
            new StopRequest().await(Duration.ofMillis(20));
        }
    }

    private static void awaitHandled(Server server, long handled) throws InterruptedException {
        while (server.plugins().stream().mapToLong(InstanceStatus::handled).sum() < handled) {
            new StopRequest().await(Duration.ofMillis(10));
        }
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        try (JournalReader reader = Journals.openReader(data, "main");
                Tailer tailer = reader.tail(1)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
