package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.Transport;
import io.zoomws.auth.TrustedCertificates;
import io.zoomws.fixtures.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates and versions are accepted. */
@Timeout(120)
class TlsTest {

    /** A thread of its own: the common pool has one thread on a small machine. */
    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static final String UNTRUSTED =
            "the certificate is not trusted: if it is issued by an authority of your own, or"
                    + " by a proxy that opens TLS, name that authority's certificate as ca-file";

    @TempDir
    private static Path folder;

    private static TestCertificates keys;

    private final Recorder recorder = new Recorder();

    @BeforeAll
    static void makeCertificates() throws Exception {
        keys = new TestCertificates(folder)
                .authority("ca")
                .authority("other-ca")
                .issued("ca", "good", "localhost")
                .issued("ca", "wrong-host", "zoom.example")
                .issued("ca", "expired", -20, -10, "localhost")
                .issued("ca", "not-yet", 20, 110, "localhost")
                .selfSigned("self-signed", "localhost")
                .issued("self-signed-expired", "self-signed-expired", -20, -10, "localhost");
    }

    private static Transport trusting(String... authorities) throws Exception {
        return authorities.length == 0
                ? Transport.DIRECT
                : Transport.DIRECT.withTrusted(TrustedCertificates.read(keys.pem(authorities)));
    }

    /** Connects until the first end, or until the server has let go. */
    private void connect(int port, Transport transport) throws Exception {
        ConnectionSettings settings = ConnectionSettings.of(URI.create("wss://localhost:" + port + "/ws"), "id")
                .withHandshakeTimeout(Duration.ofSeconds(30))
                .withTransport(transport);
        try (ZoomConnection connection =
                new ZoomConnection(settings, new FakeTokens(), recorder, recorder, 1, Optional.empty())) {
            connection.start();
            recorder.await("an end", lines -> lines.stream().anyMatch(line -> line.startsWith("now BACKING_OFF")));
        }
    }

    /** Returns what the server's handshake led to: the protocol if a request came, or nothing. */
    private Optional<String> handshake(String certificate, String version, Transport transport) throws Exception {
        try (SSLServerSocket server = (SSLServerSocket) keys.server(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setEnabledProtocols(new String[] {version});
            CompletableFuture<Optional<String>> protocol =
                    CompletableFuture.supplyAsync(() -> accept(server), TlsTest::daemon);
            connect(server.getLocalPort(), transport);
            return protocol.get(20, TimeUnit.SECONDS);
        }
    }

    private static Optional<String> accept(SSLServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.startHandshake();
            return socket.getInputStream().read() == 'G'
                    ? Optional.of(socket.getSession().getProtocol())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the client turned away, as asserted there
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void authorityOfOnesOwnIsTrusted(String version) throws Exception {
        assertThat(handshake("good", version, trusting("other-ca", "ca"))).contains(version);
    }

    @Test
    void selfSignedCertificateIsTrustedIfItIsNamed() throws Exception {
        assertThat(handshake("self-signed", "TLSv1.3", trusting("self-signed"))).contains("TLSv1.3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wrong-host|ca|the certificate is for another host",
                "expired|ca|the certificate has expired (or the clock of this machine is wrong)",
                "not-yet|ca|the certificate is not valid yet (or the clock of this machine is wrong)",
                "self-signed-expired|self-signed-expired|the certificate has expired (or the clock of this machine is wrong)",
                "good|other-ca|" + UNTRUSTED,
                "self-signed|ca|" + UNTRUSTED,
                "self-signed||" + UNTRUSTED,
                "good||" + UNTRUSTED
            })
    void certificateThatIsNotRightIsRefusedBeforeTheTokenIsSent(
            String certificate, @org.jspecify.annotations.Nullable String trusted, String why) throws Exception {
        Transport transport = trusted == null ? trusting() : trusting(trusted);
        assertThat(handshake(certificate, "TLSv1.3", transport)).isEmpty();
        assertThat(recorder.lines()).contains("now BACKING_OFF: TLS failed: " + why);
    }

    @Test
    void olderVersionsAreRefused() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<?> unused = CompletableFuture.runAsync(() -> answerInTls11(server), TlsTest::daemon);
            connect(server.getLocalPort(), trusting("ca"));
            assertThat(recorder.lines())
                    .contains("now BACKING_OFF: TLS failed: the other side offers neither TLS 1.2 nor 1.3");
        }
    }

    /** The JDK has no TLS 1.1 left, so its answer is written out here. */
    private static void answerInTls11(ServerSocket server) {
        // Record: handshake, version 3.2, 42 bytes; message: ServerHello, 38 bytes, version 3.2; 32 random bytes.
        byte[] hello = Arrays.copyOf(new byte[] {0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2}, 47);
        hello[44] = (byte) 0xc0; // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, without session or compression
        hello[45] = 0x13;
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            byte[] header = in.readNBytes(5);
            in.readNBytes((header[3] & 0xff) << 8 | header[4] & 0xff);
            socket.getOutputStream().write(hello);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // the client turned away, as asserted there
        }
    }

    @Test
    void whatSpeaksNoTlsIsTold() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.socket.getInputStream().read();
            peer.socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            peer.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        })) {
            connect(server.port(), trusting());
            assertThat(recorder.lines()).contains("now BACKING_OFF: TLS failed: what answers does not speak TLS");
        }
    }

    @Test
    void endWithinTheHandshakeIsNotTakenForABadCertificate() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(peer -> peer.socket.getInputStream().readNBytes(100))) {
            connect(server.port(), trusting());
            assertThat(recorder.lines()).noneMatch(line -> line.contains("TLS failed"));
        }
    }
}
