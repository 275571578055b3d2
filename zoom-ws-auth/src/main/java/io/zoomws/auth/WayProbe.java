package io.zoomws.auth;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Goes to a host as tokens and events do, says nothing there and comes back, for a diagnosis. Blocks. */
public final class WayProbe {

    private static final int LONGEST_NAME = 60;

    private final Transport transport;
    private final Duration timeLimit;

    /**
     * A probe that has not gone anywhere.
     *
     * @param transport the way
     * @param timeLimit for all of one way
     */
    public WayProbe(Transport transport, Duration timeLimit) {
        this.transport = transport;
        this.timeLimit = timeLimit;
    }

    /**
     * Goes there and closes the connection.
     *
     * @param host as in a URL, IPv6 in brackets
     * @param port of the host
     * @param encrypted whether TLS is part of the way
     * @return what was found
     * @throws WayException if it does not get there
     */
    public WayReport go(String host, int port, boolean encrypted) throws WayException {
        SocketWay way = new SocketWay(transport, host, port, timeLimit);
        long begin = System.nanoTime();
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        try (Socket socket = new Socket(java.net.Proxy.NO_PROXY)) {
            CompletableFuture<?> unused = end.orTimeout(timeLimit.toNanos(), TimeUnit.NANOSECONDS)
                    .exceptionally(timeout -> {
                        late.set(true);
                        close(socket);
                        return null;
                    });
            way.connect(socket);
            way.openTunnel(socket);
            Optional<WayReport.Encryption> encryption =
                    encrypted ? Optional.of(encryption(way.encrypt(socket).getSession())) : Optional.empty();
            return new WayReport(Duration.ofNanos(System.nanoTime() - begin), encryption);
        } catch (IOException e) {
            throw late.get() ? tooSlow(host + ":" + port) : failure(e, host, port);
        } finally {
            end.complete(null);
        }
    }

    /** Its closing is how a blocked thread is called back. */
    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is let go of all the same, and the thread that waits for it says why.
            return;
        }
    }

    private WayException tooSlow(String endpoint) {
        return transport
                .proxy()
                .map(proxy -> new WayException(
                        WayException.Kind.PROXY,
                        String.valueOf(ProxyException.tooSlow(proxy, timeLimit.toMillis())
                                .getMessage())))
                .orElseGet(() -> new WayException(
                        WayException.Kind.SILENCE,
                        endpoint + " did not answer within " + timeLimit.toMillis() / 1000.0 + " s"));
    }

    private WayException failure(IOException failure, String host, int port) {
        String endpoint = host + ":" + port;
        if (failure instanceof ProxyException) {
            return new WayException(WayException.Kind.PROXY, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof UnknownHostException) {
            return new WayException(WayException.Kind.NAME, host + " is not known to the name server");
        }
        if (failure instanceof SocketTimeoutException) {
            return tooSlow(endpoint);
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return new WayException(WayException.Kind.TCP, endpoint + " refused the connection or cannot be reached");
        }
        return TlsFailure.describe(failure)
                .map(text -> new WayException(WayException.Kind.TLS, endpoint + ": " + text))
                .orElseGet(() -> new WayException(
                        WayException.Kind.SILENCE, endpoint + " broke the connection off during the handshake"));
    }

    private static WayReport.Encryption encryption(SSLSession session) throws IOException {
        Instant validUntil = Instant.MAX;
        String issuer = "";
        for (Certificate certificate : session.getPeerCertificates()) {
            if (certificate instanceof X509Certificate x509) {
                issuer = issuer.isEmpty() ? name(x509) : issuer;
                Instant end = x509.getNotAfter().toInstant();
                validUntil = end.isBefore(validUntil) ? end : validUntil;
            }
        }
        return new WayReport.Encryption(session.getProtocol(), issuer, validUntil);
    }

    /** Whoever opens TLS in between, such as a company's proxy, is recognised by this name. */
    private static String name(X509Certificate certificate) {
        try {
            Map<String, String> parts = new LdapName(
                            certificate.getIssuerX500Principal().getName())
                    .getRdns().stream()
                            .collect(Collectors.toMap(
                                    Rdn::getType, rdn -> String.valueOf(rdn.getValue()), (one, other) -> one));
            String name = parts.getOrDefault("O", parts.getOrDefault("CN", "somebody without a name"));
            String printable = name.replaceAll("\\p{Cntrl}", "?");
            return printable.length() > LONGEST_NAME ? printable.substring(0, LONGEST_NAME) : printable;
        } catch (InvalidNameException e) {
            return "somebody whose name cannot be read";
        }
    }
}
