package io.zoomws.auth;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A proxy on the way to Zoom. It is told host and port to connect to and sees nothing but TLS after that: neither token nor
 * client secret. It looks up Zoom's host names, this machine does not.
 *
 * @param kind which protocol it speaks
 * @param host its name or address, IPv6 in brackets
 * @param port where it listens
 * @param credentials what it asks for, if it does; they are sent to it in the clear, as both protocols have it
 */
public record Proxy(Kind kind, String host, int port, Optional<Credentials> credentials) {

    /** The protocols that a proxy can speak. */
    public enum Kind {
        /** {@code CONNECT} of HTTP (RFC 9110, 9.3.6). */
        HTTP,
        /** SOCKS version 5 (RFC 1928), with user name and password (RFC 1929) if there are any. */
        SOCKS5
    }

    /**
     * User name and password.
     *
     * @param user at most 255 bytes, without colon (HTTP Basic ends it there) and control characters
     * @param password at most 255 bytes
     */
    public record Credentials(String user, Secret password) {

        private static final int LONGEST = 255;

        /**
         * Refuses what a protocol has no way to carry.
         *
         * @throws IllegalArgumentException with the remedy; it does not quote the password
         */
        public Credentials {
            if (user.isBlank()
                    || user.indexOf(':') >= 0
                    || user.chars().anyMatch(Character::isISOControl)
                    || user.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                throw new IllegalArgumentException("The proxy's user name must have 1 to 255 bytes, without colon");
            }
            if (password.reveal().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                throw new IllegalArgumentException("The proxy's password must have 255 bytes at most");
            }
        }
    }

    private static final String ALLOWED =
            "use http://host:port or socks5://host:port, with user name and password apart";

    /**
     * Refuses what is no address.
     *
     * @throws IllegalArgumentException if the host is blank or the port is none
     */
    public Proxy {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("this is no address of a proxy: " + ALLOWED);
        }
    }

    /**
     * Reads a proxy's URL.
     *
     * @param url {@code http://host:port} or {@code socks5://host:port}
     * @return the proxy, without credentials
     * @throws IllegalArgumentException if it is something else; the message does not repeat it, since it may hold a password
     */
    public static Proxy parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            // Without the cause, which quotes the text.
            throw new IllegalArgumentException("this is no address of a proxy: " + ALLOWED);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("user name and password do not belong into the address of a proxy,"
                    + " which is shown in logs: " + ALLOWED);
        }
        boolean plain = (uri.getRawPath() == null || uri.getRawPath().matches("/?"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (uri.getHost() == null || !plain || !(scheme.equals("http") || scheme.equals("socks5"))) {
            throw new IllegalArgumentException("this is no address of a proxy: " + ALLOWED);
        }
        if (uri.getPort() < 0) {
            throw new IllegalArgumentException("the port of the proxy is missing: " + ALLOWED);
        }
        return new Proxy(
                scheme.equals("http") ? Kind.HTTP : Kind.SOCKS5, uri.getHost(), uri.getPort(), Optional.empty());
    }

    /**
     * The same with user name and password.
     *
     * @param needed what the proxy asks for
     * @return a new proxy
     */
    public Proxy withCredentials(Credentials needed) {
        return new Proxy(kind, host, port, Optional.of(needed));
    }

    /**
     * Whether the proxy is on this machine, judged by its name alone.
     *
     * @return true for 127.0.0.0/8, [::1] and localhost
     */
    public boolean isLoopback() {
        return Loopback.names(host);
    }

    /**
     * Where to connect to.
     *
     * @return host and port, not looked up
     */
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** As messages name it. */
    String endpoint() {
        return host + ":" + port;
    }
}
