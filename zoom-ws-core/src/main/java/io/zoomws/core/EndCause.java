package io.zoomws.core;

import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.zoomws.auth.ProxyException;
import io.zoomws.auth.TlsFailure;
import io.zoomws.auth.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says in our own words why a connection ended. Exceptions and the server's texts are not quoted, since they may hold the
 * URL and in it the token; a short close reason made of plain words is the exception.
 */
final class EndCause {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9',.:-]{1,16}( [A-Za-z0-9',.:-]{1,16}){0,7}");

    private EndCause() {}

    static String of(CloseWebSocketFrame close, String token) {
        if (close.statusCode() < 0) {
            return "closed by Zoom (without a code)";
        }
        String reason = close.reasonText();
        boolean quotable = PLAIN.matcher(reason).matches() && !reason.contains(token);
        return "closed by Zoom (" + close.statusCode() + (quotable ? " " + reason : "") + ")";
    }

    /** Before anything could be said: if there is a proxy, it was the proxy that could not be reached. */
    static String ofConnecting(Throwable failure, Transport transport) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return transport
                        .proxy()
                        .map(proxy ->
                                String.valueOf(ProxyException.unknownHost(proxy).getMessage()))
                        .orElseGet(() -> of(failure));
            }
        }
        return transport
                .proxy()
                .map(proxy -> String.valueOf(ProxyException.unreachable(proxy).getMessage()))
                .orElseGet(() -> of(failure));
    }

    static String of(Throwable failure) {
        Optional<String> tls = TlsFailure.describe(failure);
        if (tls.isPresent()) {
            return tls.get();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "the host name is not known to the name server";
            }
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused or the host cannot be reached";
        }
        if (failure instanceof CodecException) {
            return "protocol violation: what came is no WebSocket frame of ours";
        }
        if (failure instanceof IOException) {
            return "connection reset";
        }
        return "failed: " + failure.getClass().getSimpleName();
    }

    static String ofStatus(int status) {
        if (status >= 300 && status < 400) {
            return "answered with a redirect (HTTP " + status + "), which is never followed";
        }
        return switch (status) {
            case 401, 403 -> "refused at the handshake (HTTP " + status + ")";
            case 404 -> "refused at the handshake (HTTP 404): is the subscription id right?";
            default -> "answered HTTP " + status + " instead of opening a WebSocket";
        };
    }
}
