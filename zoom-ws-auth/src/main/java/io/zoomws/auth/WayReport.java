package io.zoomws.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A way to a host that was gone to its end.
 *
 * @param took from the look-up of the name to the end of the last handshake
 * @param encryption what TLS agreed on; empty if it was not asked for
 */
public record WayReport(Duration took, Optional<Encryption> encryption) {

    /**
     * What TLS agreed on; chain and host name are verified.
     *
     * @param protocol for example {@code TLSv1.3}
     * @param issuer who issued the host's certificate: its organisation or else its common name, at most 60 characters
     * @param validUntil the first moment at which a certificate of the chain ends
     */
    public record Encryption(String protocol, String issuer, Instant validUntil) {}
}
