package io.zoomws.core;

import static io.zoomws.core.ScriptedServer.ALIVE;
import static io.zoomws.core.ScriptedServer.CONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zoomws.auth.Proxy;
import io.zoomws.auth.Secret;
import io.zoomws.auth.Transport;
import io.zoomws.auth.TrustedCertificates;
import io.zoomws.fixtures.TestCertificates;
import io.zoomws.fixtures.TestProxy;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Connections through proxies, with TLS inside as towards Zoom. All loggers are at TRACE, and must not know a secret. */
@Timeout(120)
class ProxyTunnelTest {

    private static final String HOST = "only-the-proxy-knows.invalid";

    @TempDir
    private static Path folder;

    private static TestCertificates keys;

    private final Recorder recorder = new Recorder();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private @Nullable TestProxy proxy;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keys = new TestCertificates(folder).authority("ca").issued("ca", "zoom", HOST);
    }

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void close() throws Exception {
        root.setLevel(Level.INFO);
        root.detachAppender(log);
        String login = TestProxy.USER + ":" + TestProxy.PASSWORD;
        String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        assertThat(recorder.lines()).noneMatch(line -> line.contains("canary") || line.contains("hush"));
        assertThat(log.list)
                .extracting(event -> event.getThreadName()
                        + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .noneMatch(text -> text.contains("canary") || text.contains("hush") || text.contains(basic));
        if (proxy != null) {
            proxy.close();
        }
    }

    private TestProxy start(Proxy.Kind kind, boolean login) throws Exception {
        TestProxy started = new TestProxy(TestProxy.Kind.valueOf(kind.name()), login);
        proxy = started;
        return started;
    }

    /** The proxy as a client knows it that knows no password. */
    private static Proxy anonymous(TestProxy at) {
        return new Proxy(Proxy.Kind.valueOf(at.kind().name()), "127.0.0.1", at.port(), Optional.empty());
    }

    /** The proxy as a client knows it that may use it. */
    private static Proxy allowed(TestProxy at) {
        Proxy.Credentials login = new Proxy.Credentials(TestProxy.USER, Secret.of(TestProxy.PASSWORD));
        return at.login() ? anonymous(at).withCredentials(login) : anonymous(at);
    }

    private static ScriptedServer serve(ScriptedServer.Script... scripts) throws Exception {
        return new ScriptedServer(
                keys.server("zoom")
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                scripts);
    }

    private ZoomConnection connect(int port, Proxy by, Duration limit) throws Exception {
        ConnectionSettings settings = ConnectionSettings.of(URI.create("wss://" + HOST + ":" + port + "/ws"), "id")
                .withHandshakeTimeout(limit)
                .withTransport(Transport.DIRECT.withProxy(by).withTrusted(TrustedCertificates.read(keys.pem("ca"))));
        ZoomConnection connection =
                new ZoomConnection(settings, new FakeTokens(), recorder, recorder, 1, Optional.empty());
        connection.start();
        return connection;
    }

    private void assertNotOpened(Proxy by, String cause) throws Exception {
        try (ZoomConnection connection = connect(443, by, Duration.ofSeconds(30))) {
            recorder.await("now BACKING_OFF: " + cause);
            assertThat(connection.status().reconnects()).containsKey(ReconnectCause.NOT_OPENED);
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP,false", "HTTP,true", "SOCKS5,false", "SOCKS5,true"})
    void proxyLooksUpTheHostCarriesFramesAndSeesNoToken(Proxy.Kind kind, boolean login) throws Exception {
        TestProxy between = start(kind, login);
        try (ScriptedServer zoom = serve(peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(zoom.port(), allowed(between), Duration.ofSeconds(30))) {
            recorder.await("frame 1 TEXT proof " + ALIVE);
            assertThat(zoom.requests().get(0)).contains(FakeTokens.CANARY).contains("host: " + HOST);
            assertThat(between.targets()).containsExactly(HOST + ":" + zoom.port());
            assertThat(between.seen()).contains(HOST).doesNotContain("canary").doesNotContain("access_token");
            assertThat(connection.status().state()).isEqualTo(ConnectionState.READY);
        }
        assertThat(recorder.told())
                .containsExactly(
                        "connected 1",
                        "frame 1 TEXT proof " + CONFIRMED,
                        "frame 1 TEXT proof " + ALIVE,
                        "disconnected 1: stopped");
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void plainConnectionOnThisMachineIsTunnelledToo(Proxy.Kind kind) throws Exception {
        TestProxy between = start(kind, true);
        try (ScriptedServer zoom = new ScriptedServer(peer -> peer.confirm().answerHeartbeats())) {
            ConnectionSettings settings =
                    ConnectionSettings.of(zoom.url(), "id").withTransport(Transport.DIRECT.withProxy(allowed(between)));
            try (ZoomConnection connection =
                    new ZoomConnection(settings, new FakeTokens(), recorder, recorder, 1, Optional.empty())) {
                connection.start();
                recorder.await("frame 1 TEXT proof " + ALIVE);
                assertThat(between.targets()).containsExactly("127.0.0.1:" + zoom.port());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void proxyThatAsksForCredentialsSaysSo(Proxy.Kind kind) throws Exception {
        TestProxy asking = start(kind, true);
        String how = kind == Proxy.Kind.HTTP ? "HTTP 407" : "SOCKS";
        String begin = "the proxy 127.0.0.1:" + asking.port();
        assertNotOpened(
                anonymous(asking),
                begin + " asks for user name and password (" + how + "): set proxy-user and proxy-password");
        assertNotOpened(
                anonymous(asking).withCredentials(new Proxy.Credentials("someone", Secret.of("canary"))),
                begin + " does not accept user name and password (" + how + "): check proxy-user and proxy-password");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 403 canary|refuses to connect to the host (HTTP 403): it must allow host and port",
                "HTTP/1.1 502 canary|could not reach the host (HTTP 502)",
                "HTTP/1.1 307 canary|answered with a redirect (HTTP 307), which is never followed",
                "<html>canary|does not answer like an HTTP proxy: check its address, and whether it is a SOCKS proxy"
            })
    void refusalsOfAnHttpProxyAreToldApart(String answer, String what) throws Exception {
        TestProxy refusing = start(Proxy.Kind.HTTP, false);
        refusing.answerInsteadOfTunnel(
                (answer + "\r\nLocation: http://127.0.0.1:1/canary\r\n\r\ncanary").getBytes(StandardCharsets.US_ASCII));
        assertNotOpened(anonymous(refusing), "the proxy 127.0.0.1:" + refusing.port() + " " + what);
    }

    @ParameterizedTest
    @CsvSource({
        "2,refuses to connect to the host (SOCKS reply 2): it must allow host and port",
        "4,could not reach the host (SOCKS reply 4)",
        "5,was refused by the host (SOCKS reply 5)"
    })
    void refusalsOfASocksProxyAreToldApart(byte reply, String what) throws Exception {
        TestProxy refusing = start(Proxy.Kind.SOCKS5, false);
        refusing.answerInsteadOfTunnel(new byte[] {5, reply, 0, 1, 0, 0, 0, 0, 0, 0});
        assertNotOpened(anonymous(refusing), "the proxy 127.0.0.1:" + refusing.port() + " " + what);
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void proxyThatEndsOrIsNotThereIsToldApart(Proxy.Kind kind) throws Exception {
        TestProxy bad = start(kind, false);
        bad.answerInsteadOfTunnel(new byte[0]);
        String begin = "the proxy 127.0.0.1:" + bad.port();
        assertNotOpened(anonymous(bad), begin + " broke the connection off before it had opened the way to the host");
        bad.close();
        assertNotOpened(anonymous(bad), begin + " refused the connection or cannot be reached: check its address");
        assertNotOpened(
                new Proxy(kind, "proxy.invalid", 1, Optional.empty()),
                "the proxy proxy.invalid:1 is not known to the name server: check its address");
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void silentProxyIsNotWaitedForTooLong(Proxy.Kind kind) throws Exception {
        try (ScriptedServer silent =
                        new ScriptedServer(peer -> peer.socket.getInputStream().readAllBytes());
                ZoomConnection connection = connect(
                        443, new Proxy(kind, "127.0.0.1", silent.port(), Optional.empty()), Duration.ofSeconds(1))) {
            recorder.await("now BACKING_OFF: the proxy 127.0.0.1:" + silent.port()
                    + " did not open the way to the host within 0.5 s");
            assertThat(connection.status().connection()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void proxyThatDiesMidStreamIsADropAndTheNextTryGoesThroughItAgain(Proxy.Kind kind) throws Exception {
        TestProxy dying = start(kind, true);
        try (ScriptedServer zoom = serve(peer -> peer.confirm().answerHeartbeats());
                ZoomConnection connection = connect(zoom.port(), allowed(dying), Duration.ofSeconds(30))) {
            recorder.await("frame 1 TEXT proof " + ALIVE);
            dying.cut();
            recorder.await("connected 2");
            assertThat(connection.status().reconnects()).containsEntry(ReconnectCause.DROPPED, 1L);
            assertThat(dying.targets()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void tokenDoesNotTravelInTheClearToAProxyElsewhereUnlessAllowed(Proxy.Kind kind) {
        Transport elsewhere = Transport.DIRECT.withProxy(new Proxy(kind, "proxy.example", 3128, Optional.empty()));
        ConnectionSettings local = ConnectionSettings.of(URI.create("ws://localhost/ws"), "id");
        assertThatThrownBy(() -> local.withTransport(elsewhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The websocket-url must begin with wss:// because the token would travel in the clear to the"
                                + " proxy; ws:// is accepted with a proxy on this machine only, unless insecure connections are"
                                + " allowed");
        assertThat(ConnectionSettings.parse("ws://zoom.example/ws?subscriptionId=x", ConnectionSettings.ZOOM, true)
                        .withTransport(elsewhere)
                        .transport())
                .isEqualTo(elsewhere);
    }
}
