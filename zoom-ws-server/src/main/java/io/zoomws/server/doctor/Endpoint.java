package io.zoomws.server.doctor;

import java.net.URI;
import java.util.Locale;

/**
 * A host of Zoom's as a URL names it.
 *
 * @param host name or address, IPv6 in brackets
 * @param port the URL's, or that of its scheme
 * @param encrypted whether TLS is spoken
 */
record Endpoint(String host, int port, boolean encrypted) {

    private static final int PORT_OF_TLS = 443;
    private static final int PORT = 80;

    static Endpoint of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean encrypted = scheme.equals("https") || scheme.equals("wss");
        int usual = encrypted ? PORT_OF_TLS : PORT;
        return new Endpoint(url.getHost(), url.getPort() < 0 ? usual : url.getPort(), encrypted);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
