package io.zoomws.server.http;

import io.javalin.http.Context;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.access.Role;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Lets a request in to what it asks for, if it may have it. Actions are written down, refused ones too. */
final class Gate {

    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "Bearer ";

    private final HttpAccess access;

    Gate(HttpAccess access) {
        this.access = access;
    }

    void handle(Route route, Context request) throws Exception {
        if (!route.isAction()) {
            answer(route, request);
            return;
        }
        Audit audit = new Audit(request);
        try {
            answer(route, request);
            audit.done();
        } catch (ProblemException e) {
            audit.refused(e.problem());
            throw e;
        } catch (RuntimeException e) {
            audit.failed();
            throw e;
        }
    }

    private void answer(Route route, Context request) throws Exception {
        Caller caller = caller(request);
        caller.sent(request);
        route.needs().ifPresent(caller::require);
        if (route.isStrict()
                && !route.parameters().containsAll(request.queryParamMap().keySet())) {
            throw new ProblemException(Problem.badRequest(
                    route.parameters().isEmpty()
                            ? "this takes no parameters"
                            : "the parameters of this are: " + String.join(", ", route.parameters())));
        }
        route.handler().handle(request);
    }

    /** Where no tokens are configured, one that is sent does not matter. */
    private Caller caller(Context request) {
        List<String> sent = Collections.list(request.req().getHeaders(AUTHORIZATION));
        if (sent.isEmpty() || access.tokens().isEmpty()) {
            return new Caller(access.anonymous(), false);
        }
        String only = sent.size() == 1 ? sent.get(0) : "";
        boolean bearer = only.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        Optional<Role> role =
                bearer ? access.tokens().roleOf(only.substring(SCHEME.length()).strip()) : Optional.empty();
        return new Caller(role, role.isPresent());
    }
}
