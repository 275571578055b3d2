package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.TestCertificates;
import io.zoomws.fixtures.TestProxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WayProbeTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static TestCertificates keys;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keys = new TestCertificates(folder)
                .authority("ca")
                .issued("ca", "good", 0, 20, "localhost")
                .issued("ca", "wrong-host", "zoom.example");
    }

    private static TokenServer serve(String certificate) throws Exception {
        return new TokenServer(
                TokenServer.of(200, "", ""),
                keys.server(certificate)
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    private static Transport trusting() throws Exception {
        return Transport.DIRECT.withTrusted(TrustedCertificates.read(keys.pem("ca")));
    }

    private static WayReport go(Transport transport, String host, int port, boolean encrypted) throws WayException {
        return new WayProbe(transport, LIMIT).go(host, port, encrypted);
    }

    private static void assertFails(
            WayException.Kind kind, String message, Transport transport, String host, int port) {
        assertThatThrownBy(() -> go(transport, host, port, true))
                .isInstanceOfSatisfying(
                        WayException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage(message)
                .hasNoCause();
    }

    @Test
    void tellsWhoIssuedTheCertificateAndWhenTheChainEnds() throws Exception {
        try (TokenServer server = serve("good")) {
            WayReport.Encryption found = go(trusting(), "localhost", server.port(), true)
                    .encryption()
                    .orElseThrow();

            assertThat(found.protocol()).isEqualTo("TLSv1.3");
            assertThat(found.issuer()).isEqualTo("ca");
            Instant twentyDays = Instant.now().plus(20, ChronoUnit.DAYS);
            assertThat(found.validUntil()).isBetween(twentyDays.minus(1, ChronoUnit.HOURS), twentyDays);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void goesThroughTheProxy() throws Exception {
        try (TokenServer server = serve("good");
                TestProxy proxy = new TestProxy(TestProxy.Kind.HTTP, false)) {
            Transport transport = trusting().withProxy(Proxy.parse("http://127.0.0.1:" + proxy.port()));

            assertThat(go(transport, "localhost", server.port(), true).encryption())
                    .isPresent();
            assertThat(proxy.targets()).containsExactly("localhost:" + server.port());
        }
    }

    @Test
    void whatIsNotTrustedOrForAnotherHostIsAMatterOfTls() throws Exception {
        try (TokenServer server = serve("wrong-host")) {
            assertFails(
                    WayException.Kind.TLS,
                    "localhost:" + server.port() + ": TLS failed: the certificate is for another host",
                    trusting(),
                    "localhost",
                    server.port());
        }
    }

    @Test
    void aProxyThatAsksForCredentialsIsNamed() throws Exception {
        try (TestProxy proxy = new TestProxy(TestProxy.Kind.HTTP, true)) {
            assertFails(
                    WayException.Kind.PROXY,
                    "the proxy 127.0.0.1:" + proxy.port()
                            + " asks for user name and password (HTTP 407): set proxy-user and proxy-password",
                    Transport.DIRECT.withProxy(Proxy.parse("http://127.0.0.1:" + proxy.port())),
                    "zoom.us",
                    443);
        }
    }

    @Test
    void aNameThatIsNotKnownIsToldApartFromAPortWhereNobodyListens() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertFails(
                WayException.Kind.TCP,
                "127.0.0.1:" + closed + " refused the connection or cannot be reached",
                Transport.DIRECT,
                "127.0.0.1",
                closed);
        assertFails(
                WayException.Kind.NAME,
                "token.invalid is not known to the name server",
                Transport.DIRECT,
                "token.invalid",
                443);
    }

    @Test
    void silenceEndsWithTheTimeLimit() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new WayProbe(Transport.DIRECT, Duration.ofMillis(200))
                            .go("127.0.0.1", silent.getLocalPort(), true))
                    .isInstanceOfSatisfying(
                            WayException.class, e -> assertThat(e.kind()).isEqualTo(WayException.Kind.SILENCE))
                    .hasMessage("127.0.0.1:" + silent.getLocalPort() + " did not answer within 0.2 s");
        }
    }

    @Test
    void withoutTlsTheWayEndsAtTheSocket() throws Exception {
        try (TokenServer server = new TokenServer(TokenServer.of(200, "", ""))) {
            assertThat(go(Transport.DIRECT, "127.0.0.1", server.port(), false).encryption())
                    .isEqualTo(Optional.empty());
        }
    }
}
