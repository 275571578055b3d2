package io.zoomws.core;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What TLS means here: 1.2 or 1.3, the certificate must be for the host in the URL and trusted as the settings say. */
final class Tls {

    private Tls() {}

    static @Nullable SslContext contextFor(ConnectionSettings settings) {
        if (!settings.webSocketUrl().getScheme().equals("wss")) {
            return null;
        }
        SslContextBuilder builder = SslContextBuilder.forClient();
        settings.transport().trusted().ifPresent(trusted -> builder.trustManager(trusted.trustManager()));
        return context(builder);
    }

    private static SslContext context(SslContextBuilder builder) {
        try {
            return builder.protocols("TLSv1.3", "TLSv1.2")
                    // The default since Netty 4.2; said here because all secrecy hangs on it.
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("This Java platform offers neither TLS 1.2 nor 1.3", e);
        }
    }
}
