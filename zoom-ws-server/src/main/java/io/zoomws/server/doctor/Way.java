package io.zoomws.server.doctor;

import io.zoomws.auth.WayException;
import io.zoomws.auth.WayProbe;
import io.zoomws.auth.WayReport;

/** What came of going to an endpoint. */
sealed interface Way {

    /** It was reached. */
    record Open(WayReport report) implements Way {}

    /** It was not. */
    record Blocked(WayException.Kind kind, String message) implements Way {}

    /** Goes there. */
    static Way go(WayProbe probe, Endpoint to, boolean encrypted) {
        try {
            return new Open(probe.go(to.host(), to.port(), encrypted));
        } catch (WayException e) {
            return new Blocked(e.kind(), String.valueOf(e.getMessage()));
        }
    }
}
