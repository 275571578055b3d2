package io.zoomws.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.zoomws.server.access.Role;
import java.util.List;
import java.util.Optional;

/**
 * One thing that can be asked for.
 *
 * @param method GET or POST
 * @param path with names in braces
 * @param needs the role; empty: none
 * @param parameters that the query may hold; whatever else is in it is refused below {@code /api}
 * @param handler answers
 */
record Route(HandlerType method, String path, Optional<Role> needs, List<String> parameters, Handler handler) {

    private static final String API = "/api/";

    /** A page that says nothing of events. */
    static Route open(String path, Handler handler) {
        return new Route(HandlerType.GET, path, Optional.empty(), List.of(), handler);
    }

    static Route read(String path, List<String> parameters, Handler handler) {
        return new Route(HandlerType.GET, path, Optional.of(Role.READ), parameters, handler);
    }

    static Route operate(String path, Handler handler) {
        return new Route(HandlerType.POST, path, Optional.of(Role.OPERATE), List.of(), handler);
    }

    boolean isAction() {
        return method.equals(HandlerType.POST);
    }

    boolean isStrict() {
        return path.startsWith(API);
    }
}
