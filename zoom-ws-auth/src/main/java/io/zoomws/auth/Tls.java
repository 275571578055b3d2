package io.zoomws.auth;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** What TLS means here: 1.2 or 1.3, and the certificate must be for the host in the URL. */
final class Tls {

    private Tls() {}

    static SSLContext context(Transport transport) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] managers = transport
                    .trusted()
                    .map(trusted -> new TrustManager[] {trusted.trustManager()})
                    .orElse(null);
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform offers no TLS", e);
        }
    }

    static SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }
}
