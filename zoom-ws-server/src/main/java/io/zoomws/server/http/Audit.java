package io.zoomws.server.http;

import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who has asked for what to be done, and what became of it: one line for each request. */
final class Audit {

    private static final Logger log = LoggerFactory.getLogger(Audit.class);

    private static final String NOBODY = "nobody";
    private static final String SOMETHING = "do something";
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
        write(refusal(problem));
    }

    void failed() {
        write("failed: see the error");
    }

    private void write(String outcome) {
        String action = request.attribute(ACTION);
        Caller caller = request.attribute(Caller.ATTRIBUTE);
        write(
                caller == null ? NOBODY : caller.roleName(),
                request.req().getRemoteAddr(),
                action == null ? SOMETHING : action,
                outcome);
    }

    /** One that was refused before anybody looked at it. */
    static void refusedUnread(String from, Problem problem) {
        write(NOBODY, from, SOMETHING, refusal(problem));
    }

    private static String refusal(Problem problem) {
        return "refused with " + problem.status() + ": " + problem.detail();
    }

    private static void write(String who, String from, String action, String outcome) {
        // One line, whatever a plugin's refusal says.
        log.info("http: {} from {} asks to {}: {}", who, from, action, outcome.replaceAll("\\p{Cntrl}+", " "));
    }
}
