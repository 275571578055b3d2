package io.zoomws.server.http;

import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who has asked for what to be done, and what became of it: one line for each request. */
final class Audit {

    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    private static final String ACTION = "zoom-ws.action";

    private final Context request;

    Audit(Context request) {
        this.request = request;
    }

    /** Says in words of ours what is to be done, as soon as that is known. */
    static void asked(Context request, String action) {
        request.attribute(ACTION, action);
    }

    void done() {
        write("done");
    }

    void refused(Problem problem) {
        write("refused with " + problem.status() + ": " + problem.detail());
    }

    void failed() {
        write("failed: see the error");
    }

    private void write(String outcome) {
        String action = request.attribute(ACTION);
        Caller caller = request.attribute(Caller.ATTRIBUTE);
        log.info(
                "http: {} from {} asks to {}: {}",
                caller == null ? "nobody" : caller.roleName(),
                request.req().getRemoteAddr(),
                action == null ? "do something" : action,
                outcome);
    }
}
