package io.zoomws.auth;

import java.io.IOException;
import java.io.Serial;

/** Says why a proxy gave no tunnel. The message is a phrase for a user, in our own words: nothing of the proxy's is quoted. */
public final class ProxyException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private ProxyException(Proxy proxy, String what) {
        super("the proxy " + proxy.endpoint() + " " + what);
    }

    static ProxyException httpStatus(Proxy proxy, int status) {
        return new ProxyException(
                proxy,
                switch (status) {
                    case 407 -> credentials(proxy, "HTTP 407");
                    case 502, 503, 504 -> "could not reach the host (HTTP " + status + ")";
                    default ->
                        status >= 300 && status < 400
                                ? "answered with a redirect (HTTP " + status + "), which is never followed"
                                : "refuses to connect to the host (HTTP " + status + "): it must allow host and port";
                });
    }

    static ProxyException socksReply(Proxy proxy, int reply) {
        return new ProxyException(
                proxy,
                switch (reply) {
                    case 2 -> "refuses to connect to the host (SOCKS reply 2): it must allow host and port";
                    case 3, 4, 6 -> "could not reach the host (SOCKS reply " + reply + ")";
                    case 5 -> "was refused by the host (SOCKS reply 5)";
                    default -> "could not connect to the host (SOCKS reply " + reply + ")";
                });
    }

    /** It wants to know who asks, or does not like the answer. */
    static ProxyException socksCredentials(Proxy proxy) {
        return new ProxyException(proxy, credentials(proxy, "SOCKS"));
    }

    private static String credentials(Proxy proxy, String how) {
        return proxy.credentials().isPresent()
                ? "does not accept user name and password (" + how + "): check proxy-user and proxy-password"
                : "asks for user name and password (" + how + "): set proxy-user and proxy-password";
    }

    static ProxyException noProxy(Proxy proxy) {
        return new ProxyException(
                proxy,
                switch (proxy.kind()) {
                    case HTTP ->
                        "does not answer like an HTTP proxy: check its address, and whether it is a SOCKS proxy";
                    case SOCKS5 ->
                        "does not answer like a SOCKS5 proxy: check its address, and whether it is an HTTP proxy";
                });
    }

    /**
     * Nothing listens there, or nothing can be reached there.
     *
     * @param proxy which
     * @return the exception, not thrown
     */
    public static ProxyException unreachable(Proxy proxy) {
        return new ProxyException(proxy, "refused the connection or cannot be reached: check its address");
    }

    /**
     * Its name is not known.
     *
     * @param proxy which
     * @return the exception, not thrown
     */
    public static ProxyException unknownHost(Proxy proxy) {
        return new ProxyException(proxy, "is not known to the name server: check its address");
    }

    /**
     * It closed the connection before the tunnel was open.
     *
     * @param proxy which
     * @return the exception, not thrown
     */
    public static ProxyException brokenOff(Proxy proxy) {
        return new ProxyException(proxy, "broke the connection off before it had opened the way to the host");
    }

    /**
     * It took too long to open the tunnel.
     *
     * @param proxy which
     * @param limitMillis how long it was waited for
     * @return the exception, not thrown
     */
    public static ProxyException tooSlow(Proxy proxy, long limitMillis) {
        return new ProxyException(proxy, "did not open the way to the host within " + limitMillis / 1000.0 + " s");
    }
}
