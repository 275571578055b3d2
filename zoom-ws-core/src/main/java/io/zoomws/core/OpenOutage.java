package io.zoomws.core;

import java.util.List;
import java.util.Optional;

/** The interval without a connection that the next ready one ends, and the one that an earlier run left open. */
final class OpenOutage {

    private final List<Action> actions;
    private final ClockJumps jumps;
    private Optional<Outage> before;
    private Optional<Moment> from = Optional.empty();
    private String cause = "";

    OpenOutage(Optional<Outage> before, List<Action> actions, ClockJumps jumps) {
        this.before = before;
        this.actions = actions;
        this.jumps = jumps;
    }

    /** There is no connection any more. */
    void begin(Moment proven, String why) {
        from = Optional.of(proven);
        cause = why;
    }

    /** There is none yet, although there was a try: then it lasts since the first one, unless an earlier run began it. */
    void beginUnlessBegun(Moment firstTry, String why) {
        if (from.isEmpty() && before.isEmpty()) {
            begin(firstTry, why);
        }
    }

    /** There is one again: the gaps are told. */
    void end(Moment now) {
        from.ifPresent(
                begin -> actions.add(new Action.TellGap(jumps.earliest(begin), jumps.latest(begin, now), cause)));
        from = Optional.empty();
        // Of the run before only the wall clock is known; if it was set back since, the interval must not be inside
        // out.
        before.ifPresent(open -> actions.add(new Action.TellGap(
                Math.min(open.provenUntilNanos(), jumps.earliest(jumps.first())),
                Math.max(open.provenUntilNanos(), jumps.latest(jumps.first(), now)),
                open.cause())));
        before = Optional.empty();
    }
}
