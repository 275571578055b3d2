package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates and versions are accepted. The certificates are made by the JDK's keytool. */
@Timeout(30)
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String REFUSED =
            "now BACKING_OFF: TLS failed: the certificate is not trusted or not for this host, or the versions differ";

    @TempDir
    private Path folder;

    private KeyStore keyStore(String name, String... more) throws Exception {
        Path file = folder.resolve("keys.p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(keytool.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** Returns what the server's handshake led to: the protocol, or nothing. */
    private Optional<String> handshake(KeyStore keys, boolean trusted, String version, Recorder recorder)
            throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (trusted) {
            builder.trustManager((X509Certificate) keys.getCertificate("key"));
        }
        SslContext tls = Tls.context(builder);
        try (SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setEnabledProtocols(new String[] {version});
            CompletableFuture<Optional<String>> protocol = CompletableFuture.supplyAsync(() -> accept(server));
            ConnectionSettings settings = ConnectionSettings.of(
                            URI.create("wss://localhost:" + server.getLocalPort() + "/ws"), "id")
                    .withHandshakeTimeout(Duration.ofSeconds(5));
            try (ZoomConnection connection = new ZoomConnection(
                    settings,
                    new FakeTokens(),
                    recorder,
                    recorder,
                    1,
                    Optional.empty(),
                    Clocks.system(),
                    new Random(1),
                    tls)) {
                connection.start();
                recorder.await("an end", lines -> lines.stream().anyMatch(line -> line.startsWith("now BACKING_OFF")));
            }
            return protocol.get(10, TimeUnit.SECONDS);
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

    @Test
    void version13And12WithATrustedCertificateForTheHostAreAccepted() throws Exception {
        KeyStore keys = keyStore("dns:localhost");
        assertThat(handshake(keys, true, "TLSv1.3", new Recorder())).contains("TLSv1.3");
        assertThat(handshake(keys, true, "TLSv1.2", new Recorder())).contains("TLSv1.2");
    }

    @Test
    void certificateForAnotherHostIsRefusedBeforeTheTokenIsSent() throws Exception {
        Recorder recorder = new Recorder();
        assertThat(handshake(keyStore("dns:zoom.example"), true, "TLSv1.3", recorder))
                .isEmpty();
        assertThat(recorder.lines()).contains(REFUSED);
    }

    @Test
    void selfSignedCertificateIsRefused() throws Exception {
        Recorder recorder = new Recorder();
        assertThat(handshake(keyStore("dns:localhost"), false, "TLSv1.3", recorder))
                .isEmpty();
        assertThat(recorder.lines()).contains(REFUSED);
    }
}
