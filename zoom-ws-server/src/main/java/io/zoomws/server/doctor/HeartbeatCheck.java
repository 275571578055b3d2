package io.zoomws.server.doctor;

import io.zoomws.core.ReconnectCause;
import java.time.Duration;

/** Judges whether what is sent on a confirmed connection is answered. */
final class HeartbeatCheck {

    private static final Duration SLOW = Duration.ofSeconds(2);

    private HeartbeatCheck() {}

    static boolean isDecided(Observation seen) {
        return seen.roundTrip().isPresent() || seen.ended();
    }

    static Verdict judge(Observation seen) {
        if (seen.roundTrip().isPresent()) {
            Duration took = seen.roundTrip().get();
            String text = "a heartbeat was answered after " + took.toMillis() + " ms";
            return took.compareTo(SLOW) > 0
                    ? Verdict.warning(text, "look at the network and at proxies in between: gaps get longer with this")
                    : Verdict.ok(text);
        }
        if (seen.taken()) {
            return Verdict.failure(
                    "the connection was taken by another before a heartbeat was answered", BuildConnectionCheck.RIVAL);
        }
        if (seen.ended(ReconnectCause.DROPPED)) {
            return Verdict.failure(
                    "the connection was closed before a heartbeat was answered", FirstEventCheck.DROPPED_REMEDY);
        }
        if (seen.stopped()) {
            return Verdict.skipped("stopped before a heartbeat was answered");
        }
        return Verdict.failure(
                "no heartbeat was answered within " + seen.waited().toMillis() / 1000.0
                        + " s, though the connection was confirmed",
                "look for a firewall or a proxy in between that opens TLS or holds back WebSocket frames");
    }
}
