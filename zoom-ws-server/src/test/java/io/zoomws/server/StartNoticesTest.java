package io.zoomws.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.Proxy;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.journal.Durability;
import io.zoomws.journal.JournalSettings;
import io.zoomws.journal.RetentionPolicy;
import io.zoomws.server.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartNoticesTest {

    private static Settings settings(String url, boolean allowInsecure, Transport transport) {
        Settings.Connection standard = Settings.Connection.STANDARD;
        return new Settings(
                Path.of("data"),
                List.of(new Settings.Subscription(
                        "main",
                        "id",
                        "client",
                        Secret.of("canary"),
                        Optional.empty(),
                        URI.create("https://zoom.us/oauth/token"),
                        URI.create(url))),
                List.of(),
                new Settings.Connection(
                        standard.heartbeat(),
                        standard.heartbeatTimeout(),
                        standard.renewal(),
                        standard.connectTimeout(),
                        standard.longestBackOff(),
                        standard.maxFrameBytes(),
                        allowInsecure,
                        transport),
                List.of());
    }

    @Test
    void theUsualWayIsNotMentioned() {
        Settings usual = settings("wss://ws.zoom.us/ws", false, Transport.DIRECT);
        assertThat(StartNotices.warnings(usual)).isEmpty();
        assertThat(StartNotices.way(usual)).isEmpty();
    }

    @Test
    void anUnencryptedWayIsSaidLoudly() {
        String allowed =
                "zoomws.connection.allow-insecure is true: a websocket-url with ws:// is accepted to any host, for"
                        + " tests only; remove it where events or tokens are real";
        assertThat(StartNotices.warnings(settings("ws://zoom.example/ws", true, Transport.DIRECT)))
                .containsExactly(
                        allowed, "subscription main: ACCESS TOKEN AND EVENTS TRAVEL IN THE CLEAR to zoom.example");
        assertThat(StartNotices.warnings(settings("wss://ws.zoom.us/ws", true, Transport.DIRECT)))
                .containsExactly(allowed);
    }

    @Test
    void aWeakerDurabilityIsSaidLoudly() {
        Settings usual = settings("wss://ws.zoom.us/ws", false, Transport.DIRECT);
        Settings weak = new Settings(
                usual.data(),
                usual.subscriptions(),
                usual.pluginPath(),
                usual.connection(),
                usual.plugins(),
                usual.http(),
                JournalSettings.DEFAULT.withDurability(Durability.interval(Duration.ofMillis(50))),
                RetentionPolicy.KEEP_ALL);
        assertThat(StartNotices.warnings(weak))
                .containsExactly(
                        "zoomws.journal.durability is interval:50ms: A POWER CUT LOSES EVENTS that plugins were"
                                + " handed already; remove it unless that is meant");
    }

    @Test
    void aProxyIsNamedWithoutItsPassword() {
        Proxy proxy = Proxy.parse("socks5://proxy.example:1080")
                .withCredentials(new Proxy.Credentials("someone", Secret.of("canary")));
        assertThat(StartNotices.way(settings("wss://ws.zoom.us/ws", false, Transport.DIRECT.withProxy(proxy))))
                .containsExactly(
                        "Zoom is reached through the SOCKS5 proxy proxy.example:1080, with user name and password");
    }
}
