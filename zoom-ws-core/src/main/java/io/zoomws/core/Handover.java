package io.zoomws.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From one ready connection to the next. A connection that was taken over is read to its end, and until then the new one
 * proves no more to the journal than the old one does: a crash in between must find a proof that holds for both. A third
 * may be ready before the first has ended.
 *
 * <p>Old and new overlapped if, once the new one is confirmed, Zoom says on the old one that it goes for another connection,
 * or answers a heartbeat that was sent on it. A close without a word, or a kick that came before the confirmation, may have
 * been for somebody else; then the time from the last proof to the takeover is a gap. If the old one breaks off, or is cut
 * before it was read to its end, whatever Zoom wrote to it since its last proof may be lost, and the gap lasts until then.
 */
final class Handover {

    /** How long the old connection is read before it is closed by us: Zoom is expected to close it at once. */
    private static final long DRAIN_NANOS = Duration.ofSeconds(5).toNanos();

    /** A connection that was taken over. */
    private static final class Leaving {
        private final Session session;
        private final Moment takenOver;
        private boolean overlaps;
        /** Zoom has said that it goes for another connection: nothing more will come. */
        private boolean kicked;
        /** We have sent a close frame. */
        private boolean closing;
        /** Its end was told already. */
        private boolean told;

        Leaving(Session session, Moment takenOver) {
            this.session = session;
            this.takenOver = takenOver;
        }
    }

    private final List<Action> actions;
    private final ClockJumps jumps;
    private final Map<Long, Leaving> leaving = new LinkedHashMap<>();

    Handover(List<Action> actions, ClockJumps jumps) {
        this.actions = actions;
        this.jumps = jumps;
    }

    /** The latest moment that may be called proven while {@code live} is ready. */
    Moment proven(Session live) {
        Moment proven = live.proven();
        for (Leaving old : leaving.values()) {
            Moment other = old.session.proven();
            if (!old.kicked && other.nanosSince(proven) < 0) {
                proven = other;
            }
        }
        return proven;
    }

    /** A new connection is ready beside the old one. */
    void begin(Session old, Moment now) {
        close();
        leaving.put(old.number(), new Leaving(old, now));
        actions.add(new Action.CancelTimers(old.number()));
        actions.add(new Action.Schedule(Timer.DRAIN, old.number(), DRAIN_NANOS));
        old.heartbeatSent(now);
        actions.add(new Action.SendHeartbeat(old.number()));
    }

    /** A connection is closed by us before there is another. The outage that begins with it is told by others. */
    void closing(Session old, Moment now) {
        Leaving closing = new Leaving(old, now);
        closing.overlaps = true;
        closing.told = true;
        leaving.put(old.number(), closing);
        close(closing);
    }

    /** Takes what an old connection says. Returns whether the handover was settled by it. */
    boolean answered(long connection, ControlFrame frame, Moment now) {
        Leaving old = leaving.get(connection);
        if (old == null) {
            return false;
        }
        if (frame == ControlFrame.HEARTBEAT) {
            old.session.heartbeatAnswered(now);
            old.overlaps |= old.session.proven().nanosSince(old.takenOver) >= 0;
        } else if (frame == ControlFrame.KICKED && !old.kicked) {
            old.kicked = true;
            return true;
        }
        return false;
    }

    /** An old connection has closed. Returns whether the handover was settled by that. */
    boolean closed(Input.Closed closed, Moment now) {
        Leaving old = leaving.remove(closed.connection());
        if (old == null) {
            return false;
        }
        if (!old.kicked && !closed.kicked()) {
            tellGap(old, closed, now);
        }
        leave(old, now);
        return !old.kicked;
    }

    private void tellGap(Leaving old, Input.Closed closed, Moment now) {
        if (!closed.readToEnd()) {
            tellGap(old, now, closed.cause());
        } else if (!old.overlaps) {
            tellGap(old, old.takenOver, old.closing ? "the connection before did not answer in time" : closed.cause());
        }
    }

    /** An old connection was read for long enough: it is closed by us, unless the reading is stopped just now. */
    void drained(Input.TimerDue due) {
        Leaving old = leaving.get(due.connection());
        if (old == null) {
            return;
        }
        if (due.readingSinceNanos() == Input.TimerDue.PAUSED) {
            actions.add(new Action.Schedule(Timer.DRAIN, due.connection(), DRAIN_NANOS));
        } else {
            close(old);
        }
    }

    /** Closes what is left of older connections. They are read until they have ended. */
    void close() {
        leaving.values().forEach(this::close);
    }

    private void close(Leaving old) {
        if (!old.closing) {
            old.closing = true;
            actions.add(new Action.Close(old.session.number()));
        }
    }

    /** Lets go of older connections for good: what is not known by now never will be. */
    void stop(Moment now) {
        close();
        for (Leaving old : leaving.values()) {
            if (!old.kicked && !old.overlaps) {
                tellGap(old, old.takenOver, "the connection before did not answer in time");
            }
            leave(old, now);
        }
        leaving.clear();
    }

    private void leave(Leaving old, Moment now) {
        if (!old.told) {
            long number = old.session.number();
            actions.add(new Action.CancelTimers(number));
            actions.add(new Action.TellDisconnected(number, now.wallNanos(), "renewed: a newer connection took over"));
        }
    }

    private void tellGap(Leaving old, Moment to, String cause) {
        Moment from = old.session.proven();
        actions.add(new Action.TellGap(jumps.earliest(from), jumps.latest(from, to), "renewal: " + cause));
    }
}
