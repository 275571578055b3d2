package io.zoomws.server.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before everything else: refuses what was not meant for this server, what would change something, and what brings a
 * body, and puts the security headers on whatever is answered.
 */
final class RequestGuard extends Handler.Wrapper {

    private final int port;
    private final boolean anyHost;

    RequestGuard(int port, boolean anyHost) {
        this.port = port;
        this.anyHost = anyHost;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        SecurityHeaders.addTo(response.getHeaders());
        Optional<Problem> refusal = refusal(request);
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        Problem problem = refusal.get();
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        if (problem.status() == 405) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        }
        response.write(true, ByteBuffer.wrap(problem.json()), callback);
        return true;
    }

    private Optional<Problem> refusal(Request request) {
        if (!anyHost && !HostCheck.isLoopback(request.getHeaders().get(HttpHeader.HOST), port)) {
            return Optional.of(
                    new Problem(
                            421,
                            "Misdirected Request",
                            "the header Host must name this machine by localhost, 127.0.0.1 or [::1] and the port of this server"));
        }
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            return Optional.of(Problem.of(405));
        }
        if (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return Optional.of(new Problem(413, "Content Too Large", "a request has no body here"));
        }
        return Optional.empty();
    }
}
