package io.zoomws.server.http;

import io.zoomws.server.access.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes what takes connections. One that is silent for {@link #IDLE} is cut, and one that does not take what it asked for. */
final class Connectors {

    private static final int HEADER_BYTES = 8192;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private Connectors() {}

    static Connector of(
            Server server,
            HttpConfiguration http,
            HttpPort port,
            Optional<SslContextFactory.Server> tls,
            SlowConnections connections) {
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector;
        if (tls.isPresent()) {
            // Whether we are meant at all is asked of the header Host, with TLS and without.
            http.addCustomizer(new SecureRequestCustomizer(false));
            connector =
                    new ServerConnector(server, 1, 1, new SslConnectionFactory(tls.get(), plain.getProtocol()), plain);
        } else {
            connector = new ServerConnector(server, 1, 1, plain);
        }
        connector.setIdleTimeout(IDLE.toMillis());
        connector.addBean(connections);
        try {
            connector.open(port.channel());
        } catch (IOException e) {
            throw new UncheckedIOException("the port that was taken cannot be used", e);
        }
        return connector;
    }

    static SslContextFactory.Server tls(TlsIdentity identity) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setSniRequired(false);
        show(tls, identity);
        return tls;
    }

    /** From the next connection on. */
    static void renew(SslContextFactory.Server tls, TlsIdentity identity) {
        try {
            tls.reload(factory -> show(tls, identity));
        } catch (Exception e) {
            throw new IllegalStateException("what was read as a certificate cannot be shown", e);
        }
    }

    private static void show(SslContextFactory.Server tls, TlsIdentity identity) {
        tls.setKeyStore(identity.keyStore());
        tls.setKeyStorePassword("");
    }
}
