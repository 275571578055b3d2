package io.zoomws.server.doctor;

import java.time.Duration;

/** Judges whether an event comes, and whether somebody else takes the connection. */
final class FirstEventCheck {

    static final String DROPPED_REMEDY = "try again; if it happens again at once, another process may have this"
            + " subscription, which Zoom does not always say";

    /** A rival that was kicked comes back at once or after a moment; on a busy account the first event is quicker. */
    private static final Duration RIVALS_TIME = Duration.ofSeconds(3);

    private FirstEventCheck() {}

    static boolean isDecided(Observation seen) {
        return seen.ended() || (seen.firstEvent().isPresent() && seen.waited().compareTo(RIVALS_TIME) >= 0);
    }

    static Verdict judge(Observation seen) {
        if (seen.taken()) {
            return Verdict.failure(
                    "another connection took the subscription after "
                            + seen.waited().toMillis() / 1000.0 + " s",
                    BuildConnectionCheck.RIVAL);
        }
        if (seen.firstEvent().isPresent()) {
            return Verdict.ok(seen.firstEvent().get() + " came, and is journaled");
        }
        if (seen.ended()) {
            return Verdict.failure(
                    "the connection ended after " + seen.waited().toMillis() / 1000.0 + " s, before any event",
                    DROPPED_REMEDY);
        }
        if (seen.stopped()) {
            return Verdict.skipped("stopped before an event came");
        }
        return Verdict.warning(
                "no event came within " + seen.waited().toMillis() / 1000.0
                        + " s: nothing happened, or Zoom does not send it",
                "start a meeting in the account and run this again; if still nothing comes, activate the app, add the event"
                        + " types to this subscription, and the scopes that they ask for");
    }
}
