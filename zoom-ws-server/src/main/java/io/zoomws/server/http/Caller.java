package io.zoomws.server.http;

import io.javalin.http.Context;
import io.zoomws.server.access.Role;
import java.util.Locale;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param role what he may do; empty: nothing
 * @param authenticated whether he has shown a token
 */
record Caller(Optional<Role> role, boolean authenticated) {

    static final String ATTRIBUTE = "zoom-ws.caller";

    /** Who has sent a request that has been let in. */
    static Caller of(Context request) {
        Caller caller = request.attribute(ATTRIBUTE);
        if (caller == null) {
            throw new IllegalStateException("nobody has asked who sent the request");
        }
        return caller;
    }

    void sent(Context request) {
        request.attribute(ATTRIBUTE, this);
    }

    boolean may(Role needed) {
        return role.filter(has -> has.includes(needed)).isPresent();
    }

    void require(Role needed) {
        if (role.isEmpty()) {
            throw new ProblemException(Problem.unauthorized());
        }
        if (!may(needed)) {
            throw new ProblemException(Problem.forbidden("this needs the token of the role " + name(needed)));
        }
    }

    /** The role in words. */
    String roleName() {
        return role.map(Caller::name).orElse("nobody");
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
