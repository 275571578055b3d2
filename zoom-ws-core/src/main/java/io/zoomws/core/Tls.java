package io.zoomws.core;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What TLS means here: 1.2 or 1.3, the JDK's trust store, the certificate must be for the host in the URL. */
final class Tls {

    private Tls() {}

    static @Nullable SslContext contextFor(URI webSocketUrl) {
        return webSocketUrl.getScheme().equals("wss") ? context(SslContextBuilder.forClient()) : null;
    }

    static SslContext context(SslContextBuilder builder) {
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
