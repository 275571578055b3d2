package io.zoomws.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From one ready connection to the next. The connection that was taken over is read until it closes, and until it is known
 * whether the two overlapped, the new one proves nothing to the journal: a crash in between must find the old proof.
 *
 * <p>They overlapped if, once the new one is confirmed, Zoom says on the old one that it goes for another connection, or
 * answers a heartbeat that was sent on it. A close without a word, or a kick that came before the confirmation, may have been
 * for somebody else; then the time since the last proof is a gap, as short as that is.
 */
final class Handover {

    /** How long the old connection is read before it is closed by us: Zoom is expected to close it at once. */
    private static final long DRAIN_NANOS = Duration.ofSeconds(5).toNanos();

    private final List<Action> actions;
    private final ClockJumps jumps;
    private @Nullable Session leaving;
    private Moment takenOver = new Moment(0, 0);
    private boolean pending;

    Handover(List<Action> actions, ClockJumps jumps) {
        this.actions = actions;
        this.jumps = jumps;
    }

    private Optional<Session> leaving(long connection) {
        return Optional.ofNullable(leaving).filter(s -> s.number() == connection);
    }

    /** The latest moment that may be called proven while {@code live} is ready. */
    Moment proven(Session live) {
        Session old = leaving;
        return pending && old != null ? old.proven() : live.proven();
    }

    /** A new connection is ready beside the old one. */
    void begin(Session old, Moment now) {
        // A third connection may be ready before the first has gone.
        end(now);
        leaving = old;
        takenOver = now;
        pending = true;
        actions.add(new Action.CancelTimers(old.number()));
        actions.add(new Action.Schedule(Timer.DRAIN, old.number(), DRAIN_NANOS));
        old.heartbeatSent(now);
        actions.add(new Action.SendHeartbeat(old.number()));
    }

    /** Takes what the old connection says. Returns whether the handover was settled by it. */
    boolean answered(long connection, ControlFrame frame, Moment now) {
        Session old = leaving(connection).orElse(null);
        if (old == null) {
            return false;
        }
        if (frame == ControlFrame.HEARTBEAT) {
            old.heartbeatAnswered(now);
            return pending && old.proven().nanosSince(takenOver) >= 0 && settle();
        }
        if (frame == ControlFrame.KICKED) {
            old.condemn(Session.Verdict.kicked());
            return pending && settle();
        }
        return false;
    }

    private boolean settle() {
        pending = false;
        return true;
    }

    /** The old connection has closed. Returns whether the handover was settled by that. */
    boolean closed(Input.Closed closed, Moment now) {
        Session old = leaving(closed.connection()).orElse(null);
        if (old == null) {
            return false;
        }
        boolean settled = pending;
        if (pending && !closed.kicked()) {
            tellGap(old, closed.cause());
        }
        pending = false;
        leave(old, now);
        return settled;
    }

    /** The old connection was read long enough: it is closed by us. Returns whether the handover was settled by that. */
    boolean drained(long connection) {
        Session old = leaving(connection).orElse(null);
        if (old == null) {
            return false;
        }
        boolean settled = pending;
        if (pending) {
            tellGap(old, "the connection before did not answer in time");
        }
        pending = false;
        actions.add(new Action.Close(old.number()));
        return settled;
    }

    /** Lets go of the old connection: what is not known by now never will be. */
    void end(Moment now) {
        Session old = leaving;
        if (old != null) {
            if (pending) {
                tellGap(old, "the connection before did not answer in time");
            }
            pending = false;
            actions.add(new Action.Close(old.number()));
            leave(old, now);
        }
    }

    private void leave(Session old, Moment now) {
        actions.add(new Action.CancelTimers(old.number()));
        actions.add(
                new Action.TellDisconnected(old.number(), now.wallNanos(), "renewed: a newer connection took over"));
        leaving = null;
    }

    private void tellGap(Session old, String cause) {
        actions.add(new Action.TellGap(
                jumps.earliest(old.proven()), jumps.latest(old.proven(), takenOver), "renewal: " + cause));
    }
}
