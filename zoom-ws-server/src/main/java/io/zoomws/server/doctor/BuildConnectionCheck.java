package io.zoomws.server.doctor;

import io.zoomws.core.ConnectionState;
import io.zoomws.core.ReconnectCause;

/** Judges whether Zoom confirms a connection. An open socket says nothing: Zoom opens it to everybody. */
final class BuildConnectionCheck {

    static final String RIVAL =
            "another process has this subscription, on this machine or elsewhere: stop it, or give it a"
                    + " subscription of its own; one subscription carries one connection";

    private BuildConnectionCheck() {}

    /** A first refusal may be of an old token: the second try is with a fresh one. */
    static boolean isDecided(Observation seen) {
        boolean refused = seen.ends().getOrDefault(ReconnectCause.REFUSED, 0L) > 1;
        boolean failed = seen.ended(ReconnectCause.NOT_OPENED) || seen.ended(ReconnectCause.TOKEN) || seen.taken();
        return seen.ready() || refused || failed || seen.state() == ConnectionState.HELD;
    }

    static Verdict judge(Observation seen) {
        if (seen.ready()) {
            return Verdict.ok(
                    "Zoom confirmed a connection after " + seen.waited().toMillis() + " ms");
        }
        if (seen.ended(ReconnectCause.REFUSED)) {
            return Verdict.failure(
                    "Zoom refused the token or the subscription",
                    "the subscription must be of the app whose client-id is configured: copy its id again from the app's"
                            + " Event Subscriptions, and activate the app");
        }
        if (seen.taken()) {
            return Verdict.failure("Zoom says that the subscription is connected in another place", RIVAL);
        }
        if (seen.ended(ReconnectCause.TOKEN)) {
            return Verdict.failure(
                    "there was no token to connect with: " + seen.cause(),
                    "try again: there was one a moment ago, in the step token");
        }
        if (seen.state() == ConnectionState.HELD) {
            return Verdict.failure("the journal cannot take anything: " + seen.cause(), "mend that, and try again");
        }
        if (seen.stopped()) {
            return Verdict.skipped("stopped before Zoom had answered");
        }
        String told = seen.state() == ConnectionState.BACKING_OFF ? ": " + seen.cause() : "";
        return Verdict.failure(
                seen.ended(ReconnectCause.NOT_OPENED)
                        ? "no connection came about" + told
                        : "Zoom did not confirm a connection within "
                                + seen.waited().toMillis() / 1000.0 + " s" + told,
                "compare the subscription id with that of the app's Event Subscriptions, and websocket-url with"
                        + " wss://ws.zoom.us/ws; a proxy in between must let WebSockets pass; of HTTP 5xx, see"
                        + " status.zoom.us");
    }
}
