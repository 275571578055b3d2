package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.TestCertificates;
import io.zoomws.fixtures.TestProxy;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS to the token endpoint by every way, and what goes wrong on the ways. */
@Timeout(120)
class TokenTransportTest {

    /** How to get to the endpoint. */
    enum Way {
        DIRECT,
        HTTP,
        HTTP_WITH_LOGIN,
        SOCKS5,
        SOCKS5_WITH_LOGIN
    }

    private static final String SECRET = "canary-secret";
    private static final String TOKEN = "{\"access_token\":\"canary-token\",\"expires_in\":3599}";

    @TempDir
    private static Path folder;

    private static TestCertificates keys;

    private @Nullable TestProxy proxy;
    private @Nullable TokenServer server;
    private @Nullable OAuthTokenSource source;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keys = new TestCertificates(folder)
                .authority("ca")
                .authority("other-ca")
                .issued("ca", "good", "localhost", "only-the-proxy-knows.invalid")
                .issued("ca", "wrong-host", "zoom.example")
                .issued("ca", "expired", -20, -10, "localhost")
                .issued("ca", "not-yet", 20, 110, "localhost")
                .selfSigned("self-signed", "localhost")
                .issued("self-signed-expired", "self-signed-expired", -20, -10, "localhost");
    }

    @AfterEach
    void close() throws Exception {
        if (source != null) {
            source.close();
        }
        if (server != null) {
            server.close();
        }
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

    private static TrustedCertificates trusted(String... authorities) throws Exception {
        return TrustedCertificates.read(keys.pem(authorities));
    }

    private Transport transport(Way way) throws Exception {
        return switch (way) {
            case DIRECT -> Transport.DIRECT;
            case HTTP, HTTP_WITH_LOGIN ->
                Transport.DIRECT.withProxy(allowed(start(Proxy.Kind.HTTP, way == Way.HTTP_WITH_LOGIN)));
            case SOCKS5, SOCKS5_WITH_LOGIN ->
                Transport.DIRECT.withProxy(allowed(start(Proxy.Kind.SOCKS5, way == Way.SOCKS5_WITH_LOGIN)));
        };
    }

    private TokenServer serve(String certificate) throws Exception {
        SSLContext context = keys.server(certificate);
        TokenServer started = new TokenServer(
                TokenServer.of(200, "", TOKEN),
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        server = started;
        return started;
    }

    private CompletableFuture<AccessToken> ask(String url, Transport transport, Duration limit) {
        InstantSource clock = InstantSource.system();
        OAuthTokenSource made = new OAuthTokenSource(
                new OAuthClient(URI.create(url), "client", Secret.of(SECRET), Optional.empty()),
                clock,
                transport,
                limit);
        source = made;
        return made.current();
    }

    private CompletableFuture<AccessToken> ask(String host, int port, Transport transport) {
        return ask("https://" + host + ":" + port + "/oauth/token", transport, Duration.ofSeconds(20));
    }

    private static void assertUnavailable(CompletableFuture<AccessToken> future, String message) {
        assertThatThrownBy(() -> future.get(40, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.failure()).isEqualTo(new TokenFailure.Unavailable()))
                .hasMessage(message)
                .hasNoCause();
    }

    @ParameterizedTest
    @EnumSource
    void tokenComesByTlsWithAnAuthorityOfOnesOwn(Way way) throws Exception {
        TokenServer at = serve("good");
        Transport transport = transport(way).withTrusted(trusted("other-ca", "ca"));
        assertThat(ask("localhost", at.port(), transport)
                        .get(40, TimeUnit.SECONDS)
                        .reveal())
                .isEqualTo("canary-token");
        assertThat(at.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DIRECT")
    void proxyLooksUpTheHostAndSeesNeitherSecretNorToken(Way way) throws Exception {
        TokenServer at = serve("good");
        Transport transport = transport(way).withTrusted(trusted("ca"));
        String host = "only-the-proxy-knows.invalid";
        assertThat(ask(host, at.port(), transport).get(40, TimeUnit.SECONDS).reveal())
                .isEqualTo("canary-token");
        assertThat(proxy).isNotNull();
        assertThat(proxy.targets()).containsExactly(host + ":" + at.port());
        assertThat(proxy.seen()).contains(host).doesNotContain("canary").doesNotContain("grant_type");
        String basic =
                java.util.Base64.getEncoder().encodeToString(("client:" + SECRET).getBytes(StandardCharsets.UTF_8));
        assertThat(proxy.seen()).doesNotContain(basic);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wrong-host|ca|the certificate is for another host",
                "expired|ca|the certificate has expired (or the clock of this machine is wrong)",
                "not-yet|ca|the certificate is not valid yet (or the clock of this machine is wrong)",
                "self-signed-expired|self-signed-expired|the certificate has expired (or the clock of this machine is wrong)",
                "good|other-ca|UNTRUSTED",
                "self-signed|ca|UNTRUSTED",
                "self-signed|JDK|UNTRUSTED",
                "good|JDK|UNTRUSTED"
            })
    void certificateThatIsNotRightGetsNoSecret(String certificate, String trusted, String reason) throws Exception {
        String why = reason.equals("UNTRUSTED")
                ? "the certificate is not trusted: if it is issued by an authority of your own, or by a proxy that opens"
                        + " TLS, name that authority's certificate as ca-file"
                : reason;
        TokenServer at = serve(certificate);
        for (Way way : List.of(Way.DIRECT, Way.HTTP, Way.SOCKS5)) {
            Transport transport = transport(way);
            assertUnavailable(
                    ask(
                            "localhost",
                            at.port(),
                            trusted.equals("JDK") ? transport : transport.withTrusted(trusted(trusted))),
                    "The token endpoint localhost:" + at.port() + " cannot be reached: TLS failed: " + why);
        }
        assertThat(at.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "HTTP", "SOCKS5"})
    void versions12And13AreSpokenAndOlderOnesAreNot(Way way) throws Exception {
        Transport transport = transport(way).withTrusted(trusted("ca"));
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            TokenServer at = serve("good");
            SSLServerSocket socket = (SSLServerSocket) at.serverSocket();
            socket.setEnabledProtocols(new String[] {version});
            assertThat(ask("localhost", at.port(), transport)
                            .get(40, TimeUnit.SECONDS)
                            .reveal())
                    .isEqualTo("canary-token");
            at.close();
        }
        try (ServerSocket old = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            daemon(() -> OldTls.serve(old, OldTls.SERVER_HELLO));
            assertUnavailable(
                    ask("localhost", old.getLocalPort(), transport),
                    "The token endpoint localhost:" + old.getLocalPort()
                            + " cannot be reached: TLS failed: the other side offers neither TLS 1.2 nor 1.3");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "HTTP", "SOCKS5"})
    void endWithinTheTlsHandshakeIsNotTakenForABadCertificate(Way way) throws Exception {
        try (ServerSocket ending = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            daemon(() -> endAfterFirstByte(ending));
            assertUnavailable(
                    ask("localhost", ending.getLocalPort(), transport(way)),
                    "The token endpoint localhost:" + ending.getLocalPort()
                            + " broke the connection off before its answer was complete");
        }
    }

    private static void endAfterFirstByte(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                byte[] header = socket.getInputStream().readNBytes(5);
                socket.getInputStream().readNBytes((header[3] & 0xff) << 8 | header[4] & 0xff);
            } catch (java.io.IOException e) {
                // The client's end is looked at, not this one.
                continue;
            }
        }
    }

    /** A thread of its own: the common pool has one thread on a small machine, and the JDK's client needs it. */
    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert", "no TLS"})
    void serverThatAcceptsNothingOrSpeaksNoTlsIsTold(String what) throws Exception {
        byte[] answer = what.equals("alert")
                ? new byte[] {0x15, 3, 3, 0, 2, 2, 40} // fatal: handshake failure
                : "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        String why = what.equals("alert")
                ? "the other side does not accept what it is offered"
                : "what answers does not speak TLS";
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            daemon(() -> OldTls.serve(plain, answer));
            for (Way way : List.of(Way.DIRECT, Way.SOCKS5)) {
                assertUnavailable(
                        ask("localhost", plain.getLocalPort(), transport(way)),
                        "The token endpoint localhost:" + plain.getLocalPort() + " cannot be reached: TLS failed: "
                                + why);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void proxyThatAsksForCredentialsSaysSo(Proxy.Kind kind) throws Exception {
        TestProxy asking = start(kind, true);
        String how = kind == Proxy.Kind.HTTP ? "HTTP 407" : "SOCKS";
        String begin = "The token endpoint localhost:1 cannot be reached: the proxy 127.0.0.1:" + asking.port();
        assertUnavailable(
                ask("localhost", 1, Transport.DIRECT.withProxy(anonymous(asking))),
                begin + " asks for user name and password (" + how + "): set proxy-user and proxy-password");
        Proxy.Credentials wrong = new Proxy.Credentials(TestProxy.USER, Secret.of("canary"));
        assertUnavailable(
                ask("localhost", 1, Transport.DIRECT.withProxy(anonymous(asking).withCredentials(wrong))),
                begin + " does not accept user name and password (" + how + "): check proxy-user and proxy-password");
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void proxyThatEndsIsNotThereOrSaysNothingIsToldApart(Proxy.Kind kind) throws Exception {
        TestProxy bad = start(kind, false);
        Transport transport = Transport.DIRECT.withProxy(anonymous(bad));
        String begin = "The token endpoint localhost:1 cannot be reached: the proxy 127.0.0.1:" + bad.port();
        bad.answerInsteadOfTunnel(new byte[0]);
        assertUnavailable(
                ask("localhost", 1, transport),
                begin + " broke the connection off before it had opened the way to the host");
        bad.answerGreeting("220 canary ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
        String name = kind == Proxy.Kind.HTTP
                ? "an HTTP proxy: check its address, and whether it is a SOCKS proxy"
                : "a SOCKS5 proxy: check its address, and whether it is an HTTP proxy";
        assertUnavailable(ask("localhost", 1, transport), begin + " does not answer like " + name);
        bad.close();
        assertUnavailable(
                ask("localhost", 1, transport),
                begin + " refused the connection or cannot be reached: check its address");
        Proxy nowhere = new Proxy(kind, "proxy.invalid", 1, Optional.empty());
        assertUnavailable(
                ask("localhost", 1, Transport.DIRECT.withProxy(nowhere)),
                "The token endpoint localhost:1 cannot be reached: the proxy proxy.invalid:1 is not known to the name"
                        + " server: check its address");
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void silentProxyIsNotWaitedForAndItsSocketIsLetGo(Proxy.Kind kind) throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            daemon(() -> {
                try (Socket socket = silent.accept()) {
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (java.io.IOException e) {
                    // A reset is as good an end as any.
                    assertThat(silent.isBound()).isTrue();
                }
                letGo.countDown();
            });
            Proxy quiet = new Proxy(kind, "127.0.0.1", silent.getLocalPort(), Optional.empty());
            assertUnavailable(
                    ask("https://localhost:1/", Transport.DIRECT.withProxy(quiet), Duration.ofMillis(300)),
                    "The token endpoint localhost:1 did not answer within 0.3 s through the proxy 127.0.0.1:"
                            + silent.getLocalPort());
            assertThat(letGo.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void proxyThatDiesMidStreamIsABrokenAnswer(Proxy.Kind kind) throws Exception {
        TestProxy dying = start(kind, false);
        TokenServer at = serve("good");
        at.answer((socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            dying.cut();
        });
        Transport transport = Transport.DIRECT.withProxy(anonymous(dying)).withTrusted(trusted("ca"));
        assertUnavailable(
                ask("localhost", at.port(), transport),
                "The token endpoint localhost:" + at.port()
                        + " broke the connection off before its answer was complete");
    }

    @ParameterizedTest
    @EnumSource(Proxy.Kind.class)
    void secretDoesNotTravelInTheClearToAProxyElsewhere(Proxy.Kind kind) {
        Proxy elsewhere = new Proxy(kind, "proxy.example", 3128, Optional.empty());
        assertThatThrownBy(() -> ask(
                        "http://localhost:1/oauth/token", Transport.DIRECT.withProxy(elsewhere), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The token-url must begin with https:// because the client secret would travel in the clear to"
                                + " the proxy; http:// is accepted with a proxy on this machine only");
    }

    /** A server that knows TLS 1.1 and nothing newer. The JDK has none left, so its answer is written out here. */
    private static final class OldTls {

        private static final byte[] SERVER_HELLO = hello();

        private OldTls() {}

        private static byte[] hello() {
            // Record: handshake, version 3.2, 42 bytes; message: ServerHello, 38 bytes, version 3.2.
            byte[] hello = Arrays.copyOf(new byte[] {0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2}, 47);
            // 32 random bytes, no session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression.
            hello[44] = (byte) 0xc0;
            hello[45] = 0x13;
            return hello;
        }

        static void serve(ServerSocket server, byte[] answer) {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    InputStream in = socket.getInputStream();
                    byte[] header = in.readNBytes(5);
                    in.readNBytes((header[3] & 0xff) << 8 | header[4] & 0xff);
                    socket.getOutputStream().write(answer);
                    in.transferTo(OutputStream.nullOutputStream());
                } catch (java.io.IOException e) {
                    // The client turns away, as asserted there.
                    continue;
                }
            }
        }
    }
}
