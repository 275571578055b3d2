package io.zoomws.auth;

import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in our own words why TLS failed, as far as the exception tells. Its text is looked at where its class says too
 * little, and never repeated: if the JDK words it otherwise one day, the answer is less exact, not wrong.
 */
public final class TlsFailure {

    private TlsFailure() {}

    /**
     * Explains a failure.
     *
     * @param failure what was thrown
     * @return a phrase that begins with "TLS failed: "; empty if the failure has nothing to do with TLS, or is that the
     *     connection broke
     */
    public static Optional<String> describe(@Nullable Throwable failure) {
        boolean tls = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            tls |= cause instanceof SSLException || cause instanceof CertificateException;
            if (cause instanceof EOFException
                    || cause instanceof SocketException
                    || text(cause).contains("terminated the handshake")) {
                return Optional.empty();
            }
        }
        return tls ? Optional.of("TLS failed: " + reason(failure)) : Optional.empty();
    }

    private static String reason(@Nullable Throwable failure) {
        boolean untrusted = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = text(cause);
            if (cause instanceof CertificateExpiredException) {
                return "the certificate has expired (or the clock of this machine is wrong)";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the certificate is not valid yet (or the clock of this machine is wrong)";
            }
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                untrusted = true;
            } else if (cause instanceof CertificateException
                    && (text.startsWith("no name matching") || text.startsWith("no subject alternative"))) {
                return "the certificate is for another host";
            } else if (text.contains("protocol_version") || text.contains("protocol version")) {
                return "the other side offers neither TLS 1.2 nor 1.3";
            } else if (text.contains("not an ssl/tls record") || text.contains("unrecognized ssl message")) {
                return "what answers does not speak TLS";
            } else if (text.contains("received fatal alert")) {
                return "the other side does not accept what it is offered";
            }
        }
        return untrusted
                ? "the certificate is not trusted: if it is issued by an authority of your own, or by a proxy that"
                        + " opens TLS, name that authority's certificate as ca-file"
                : "the certificate is not trusted or not for this host, or the versions differ";
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }
}
