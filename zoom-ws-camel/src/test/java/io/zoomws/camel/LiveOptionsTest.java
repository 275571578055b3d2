package io.zoomws.camel;

import static io.zoomws.camel.LiveContext.component;
import static io.zoomws.camel.LiveContext.event;
import static io.zoomws.camel.LiveContext.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.feed.FeedSettings;
import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.fixtures.TestProxy;
import io.zoomws.journal.JournalSettings;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user may say about {@code source=live}, and what is answered to what cannot work. */
@Timeout(60)
class LiveOptionsTest {

    private static final String LIVE = "zoomws:main?source=live&from=earliest";
    private static final String ELSEWHERE = "ws://zoom.example/ws";

    @TempDir
    private Path data;

    private final ZoomSimulator zoom =
            ZoomSimulator.start(SimulatorSettings.standard().withEventsPerSecond(0));
    private final CamelContext camel = LiveContext.of(zoom, Path.of("target", "never-made"));
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        camel.stop();
        zoom.close();
    }

    private void assertRefused(String message) throws Exception {
        route(camel, "r", LIVE, exchanges);
        assertThatThrownBy(camel::start).hasMessage("zoomws:main: " + message);
    }

    @Test
    void allThatIsMissingIsNamedAtOnce() throws Exception {
        try (CamelContext empty = new DefaultCamelContext()) {
            route(empty, "r", LIVE, exchanges);

            assertThatThrownBy(empty::start)
                    .hasMessage(
                            "zoomws:main: data is missing: add data=DIRECTORY, where source=live is to keep its journal; source=live"
                                    + " needs subscriptionId, clientId, clientSecret or clientSecretFile: set them on the component"
                                    + " (in application.properties camel.component.zoomws.client-id=… and so on), or bind a"
                                    + " ZoomWsCredentials as zoomws-credentials-main in the registry");
        }
    }

    @Test
    void whatAloneIsMissingIsNamedAlone() throws Exception {
        component(camel).setClientId(null);
        assertRefused("source=live needs clientId: set them on the component (in application.properties"
                + " camel.component.zoomws.client-id=… and so on), or bind a ZoomWsCredentials as zoomws-credentials-main in the"
                + " registry");
    }

    @Test
    void aSecondWriterIsRefusedAndToldWhatToDo() throws Exception {
        component(camel).setData(data.toString());
        try (CamelContext first = LiveContext.of(zoom, data)) {
            route(first, "r", LIVE, exchanges);
            first.start();
            route(camel, "r", LIVE, exchanges);

            assertThatThrownBy(camel::start)
                    .hasMessageStartingWith("zoomws:main: data=" + data + ": ")
                    .hasMessageContaining("in use by")
                    .hasMessageEndingWith("To read beside it, use source=tail.");
        }
    }

    @Test
    void twoNamesOfOneSubscriptionAreRefusedHoweverItIsWritten() throws Exception {
        SimulatorSettings app = zoom.settings();
        component(camel).setData(data.toString());
        camel.getRegistry()
                .bind(
                        "zoomws-credentials-other",
                        new ZoomWsCredentials(
                                "wss://ws.zoom.us/ws?subscriptionId=" + app.subscriptionId(), "c", "canary", null));
        route(camel, "r", LIVE, exchanges);
        route(camel, "s", "zoomws:other?source=live", exchanges);

        assertThatThrownBy(camel::start)
                .hasMessage(
                        "zoomws:other: zoomws:main receives the same subscriptionId already, and Zoom keeps one connection of"
                                + " it: use that name here too, or bind the credentials of another subscription as"
                                + " zoomws-credentials-other in the registry");
    }

    @Test
    void aReaderOfTheHostIsRefused() throws Exception {
        camel.getRegistry().bind("zoomws-reader-main", new MemoryJournal());
        assertRefused(
                "source=live is not allowed: the registry holds a JournalReader for this subscription, which its host"
                        + " receives already: leave source out to follow that, or take the reader out of the registry");
    }

    @Test
    void theClientSecretMayComeFromAFile() throws Exception {
        Path file = Files.writeString(data.resolve("secret"), zoom.settings().clientSecret() + "\n");
        component(camel).setData(data.resolve("journals").toString());
        component(camel).setClientSecret(null);
        component(camel).setClientSecretFile(file.toString());
        route(camel, "r", LIVE, exchanges);
        camel.start();
        LiveContext.send(zoom, "a");

        assertThat(event(exchanges)).isEqualTo("a");
    }

    @Test
    void aSecretBesideItsFileIsRefused() throws Exception {
        component(camel).setClientSecretFile("f");
        assertRefused("clientSecretFile=f is not allowed: clientSecret is set too; use one of the two");
    }

    @Test
    void aFileThatIsNotThereIsRefused() throws Exception {
        component(camel).setClientSecret(null);
        component(camel).setClientSecretFile("not-there");
        assertRefused("clientSecretFile=not-there is not allowed: it cannot be read (NoSuchFileException)");
    }

    @Test
    void aFileThatHoldsMoreThanASecretIsRefusedWithoutAWordOfIt() throws Exception {
        Path file = Files.writeString(data.resolve("secret"), "canary\nand more\n");
        component(camel).setClientSecret(null);
        component(camel).setClientSecretFile(file.toString());
        assertRefused(
                "clientSecretFile=" + file + " is not allowed: it must hold the secret in one line, and nothing else");
    }

    @Test
    void tokensAndEventsComeThroughTheProxy() throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.Kind.HTTP, true)) {
            component(camel).setData(data.toString());
            component(camel).setProxy("http://127.0.0.1:" + proxy.port());
            component(camel).setProxyUser(TestProxy.USER);
            component(camel).setProxyPassword(TestProxy.PASSWORD);
            route(camel, "r", LIVE, exchanges);
            camel.start();
            LiveContext.send(zoom, "a");

            assertThat(event(exchanges)).isEqualTo("a");
            assertThat(proxy.targets())
                    .contains(
                            "127.0.0.1:" + zoom.tokenUrl().getPort(),
                            "127.0.0.1:" + zoom.webSocketUrl().getPort());
            camel.stop();
        }
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithoutItself() throws Exception {
        component(camel).setData(data.toString());
        component(camel).setProxy("http://user:canary@proxy:3128");
        assertRefused(
                "proxy: user name and password do not belong into the address of a proxy, which is shown in logs: use"
                        + " http://host:port or socks5://host:port, with user name and password apart");
    }

    @Test
    void aProxysUserWithoutPasswordIsRefused() throws Exception {
        component(camel).setProxy("http://127.0.0.1:1");
        component(camel).setProxyUser("u");
        assertRefused("proxyUser and proxyPassword belong together: set both, or neither");
    }

    @Test
    void aProxysUserWithoutProxyIsRefused() throws Exception {
        component(camel).setProxyUser("u");
        component(camel).setProxyPassword("canary");
        assertRefused("proxyUser and proxyPassword are of no use without proxy: set it, or remove them");
    }

    @Test
    void eventsInTheClearFromElsewhereAreRefused() throws Exception {
        component(camel).setData(data.toString());
        component(camel).setWebSocketUrl(ELSEWHERE);
        assertRefused(
                "The webSocketUrl must begin with wss:// because the token is part of it; ws:// is accepted to 127.0.0.1,"
                        + " [::1] and localhost only, unless allowInsecure=true");
    }

    @Test
    void aSecretInTheClearIsRefusedEvenWhereEventsMayBe() throws Exception {
        component(camel).setData(data.toString());
        component(camel).setTokenUrl("http://zoom.example/oauth/token");
        component(camel).setAllowInsecure(true);
        assertRefused(
                "The tokenUrl must begin with https:// because the client secret is sent to it; http:// is accepted to"
                        + " 127.0.0.1, [::1] and localhost only");
    }

    @Test
    void allowedInTheClearItIsSaidLoudly() throws Exception {
        component(camel).setData(data.toString());
        component(camel).setWebSocketUrl(ELSEWHERE);
        component(camel).setAllowInsecure(true);
        try (LoggedLines log = LoggedLines.of(LiveFeed.class);
                LiveFeed feed = LiveFeed.open(settings())) {
            assertThat(feed.trouble()).isPresent();
            assertThat(log.warnings())
                    .containsExactly("zoomws:main: allowInsecure=true: ACCESS TOKEN AND EVENTS TRAVEL IN THE CLEAR to"
                            + " zoom.example; leave it out where they are real");
        }
    }

    @Test
    void theJournalIsWrittenAsTheServerWritesIt() throws Exception {
        FeedSettings told = LiveFeed.feedSettings(settings());

        assertThat(told.journal()).isEqualTo(JournalSettings.DEFAULT.withReserve(JournalSettings.USUAL_RESERVE));
        assertThat(told.connection().allowInsecure()).isFalse();
        assertThat(settings().toString()).doesNotContain(zoom.settings().clientSecret());
    }

    private LiveSettings settings() {
        return LiveSettings.of(camel.getEndpoint(LIVE, ZoomWsEndpoint.class), "zoomws:main");
    }
}
