package io.zoomws.auth;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Names what kept an answer from coming, in words of our own: what these exceptions say may quote address or answer. */
final class ExchangeFailure {

    private ExchangeFailure() {}

    /**
     * The rest of a sentence that begins with whom was asked.
     *
     * @param setting that names whom
     */
    static String words(@Nullable Throwable failure, Duration timeLimit, Optional<Proxy> proxy, String setting) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProxyException refusal) {
                return " cannot be reached: " + refusal.getMessage();
            }
            if (cause instanceof TimeoutException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof SocketTimeoutException) {
                return " did not answer within " + timeLimit.toMillis() / 1000.0 + " s"
                        + proxy.map(between -> " through the proxy " + between.endpoint())
                                .orElse("");
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return " is not known to the name server: check the " + setting + " and the network";
            }
        }
        Optional<String> tls = TlsFailure.describe(failure);
        if (tls.isPresent()) {
            return " cannot be reached: " + tls.get();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return " refused the connection";
            }
        }
        return " broke the connection off before its answer was complete";
    }
}
