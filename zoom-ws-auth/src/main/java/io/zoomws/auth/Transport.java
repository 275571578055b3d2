package io.zoomws.auth;

import java.util.Optional;

/**
 * The way to Zoom, the same for tokens and for events: whose certificates are trusted, and which proxy lies in between. The
 * proxy settings of the JDK ({@code -Dhttps.proxyHost} and others) are not looked at.
 *
 * @param trusted trusted instead of the JDK's own certificates; empty: those
 * @param proxy empty: none
 */
public record Transport(Optional<TrustedCertificates> trusted, Optional<Proxy> proxy) {

    /** No proxy, and the certificates that come with the JDK. */
    public static final Transport DIRECT = new Transport(Optional.empty(), Optional.empty());

    /**
     * The same with certificates.
     *
     * @param certificates see {@link #trusted()}
     * @return a new transport
     */
    public Transport withTrusted(TrustedCertificates certificates) {
        return new Transport(Optional.of(certificates), proxy);
    }

    /**
     * The same with a proxy.
     *
     * @param between see {@link #proxy()}
     * @return a new transport
     */
    public Transport withProxy(Proxy between) {
        return new Transport(trusted, Optional.of(between));
    }

    /**
     * Whether what is sent unencrypted to this machine stays on it. Behind a proxy elsewhere {@code localhost} is that
     * proxy's, and the way there is open.
     *
     * @return false if there is a proxy that is not on this machine
     */
    public boolean keepsLoopbackLocal() {
        return proxy.map(Proxy::isLoopback).orElse(true);
    }
}
