package io.zoomws.server.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before everything else: refuses what was not meant for this server, what a page from elsewhere has a browser send, and
 * what brings a body that nobody reads; and puts the security headers on whatever is answered.
 */
final class RequestGuard extends Handler.Wrapper {

    /** The attribute of a request that cuts its connection, a {@link Runnable}. */
    static final String CUT = "zoom-ws.cut";

    private static final Pattern ACTION = Pattern.compile("/api/v1/plugins/[^/]+/[a-z]+");
    private static final Pattern JSON =
            Pattern.compile("application/json(?:\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    /** What a browser says of a request that a page of ours, or its user, has made. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Optional<HostCheck> hosts;
    private final SlowConnections connections;
    private final long mostBodyBytes;

    /**
     * A guard.
     *
     * @param hosts empty: any host will do
     * @param connections told of each request
     */
    RequestGuard(Optional<HostCheck> hosts, SlowConnections connections, long mostBodyBytes) {
        this.hosts = hosts;
        this.connections = connections;
        this.mostBodyBytes = mostBodyBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        connections.begun(request);
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        Runnable cut = endPoint::close;
        request.setAttribute(CUT, cut);
        SecurityHeaders.addTo(response.getHeaders());
        Optional<Problem> refusal = refusal(request);
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        Problem problem = refusal.get();
        if (request.getMethod().equals("POST")) {
            Audit.refusedUnread(Request.getRemoteAddr(request), problem);
        }
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        if (problem.status() == 405) {
            response.getHeaders().put(HttpHeader.ALLOW, isAction(request) ? "POST" : "GET, HEAD");
        }
        response.write(true, ByteBuffer.wrap(problem.json()), callback);
        return true;
    }

    private Optional<Problem> refusal(Request request) {
        if (hosts.isPresent() && !hosts.get().allows(request.getHeaders().get(HttpHeader.HOST))) {
            return Optional.of(new Problem(
                    421,
                    "Misdirected Request",
                    "the header Host must name this machine by localhost, 127.0.0.1 or [::1] and the port of this"
                            + " server, or by a name of its certificate or of zoomws.http.host-names"));
        }
        if (!isOwnOrigin(request.getHeaders())) {
            return Optional.of(Problem.forbidden("pages of another origin are not served"));
        }
        if (!QueryCheck.allows(request.getHttpURI().getQuery())) {
            return Optional.of(Problem.badRequest("what stands behind the question mark is wrongly written"));
        }
        return isAction(request) ? refusalOfAction(request) : refusalOfRead(request);
    }

    private static boolean isAction(Request request) {
        return ACTION.matcher(Request.getPathInContext(request)).matches();
    }

    private static Optional<Problem> refusalOfRead(Request request) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            return Optional.of(Problem.of(405));
        }
        if (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return Optional.of(new Problem(413, "Content Too Large", "a request has no body here"));
        }
        return Optional.empty();
    }

    /** A page from elsewhere can have a browser send a form or a text, but not JSON, unless we said that it may. */
    private Optional<Problem> refusalOfAction(Request request) {
        HttpFields headers = request.getHeaders();
        if (!request.getMethod().equals("POST")) {
            return Optional.of(new Problem(405, "Method Not Allowed", "only POST is answered"));
        }
        String site = headers.get("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            return Optional.of(Problem.forbidden("pages of another origin are not served"));
        }
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if (type == null || !JSON.matcher(type.strip()).matches() || headers.contains(HttpHeader.CONTENT_ENCODING)) {
            return Optional.of(
                    new Problem(415, "Unsupported Media Type", "the body must be of type application/json, as it is"));
        }
        if (headers.contains(HttpHeader.TRANSFER_ENCODING) || request.getLength() < 0) {
            return Optional.of(new Problem(411, "Length Required", "the length of the body must be said beforehand"));
        }
        if (request.getLength() > mostBodyBytes) {
            return Optional.of(Problem.of(413));
        }
        return Optional.empty();
    }

    /** Whether the request comes from a page of ours, or from no page. */
    private static boolean isOwnOrigin(HttpFields headers) {
        String origin = headers.get(HttpHeader.ORIGIN);
        String host = headers.get(HttpHeader.HOST);
        return origin == null
                || origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host);
    }
}
