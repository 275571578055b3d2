package io.zoomws.core;

import java.time.Duration;
import java.util.List;

/** The heartbeats of the live connection, and what their answers, or the lack of them, say about it. */
final class Pulse {

    /** What is known when something should have come by now. */
    enum Judgment {
        ALIVE,
        /** It is too early to say: look again when the timer that was set has run out. */
        UNDECIDED,
        DEAD,
        /** Frames come, but no answers. */
        UNANSWERED
    }

    /** A timer that is so late was not late alone: the process was stopped. */
    private static final long SUSPENDED_NANOS = Duration.ofSeconds(2).toNanos();

    private final ConnectionSettings settings;
    private final List<Action> actions;
    private long deadlineNanos;

    Pulse(ConnectionSettings settings, List<Action> actions) {
        this.settings = settings;
        this.actions = actions;
    }

    /** Sends a heartbeat and sets the timers for the next one and for the time by which something must have come. */
    void beat(Session s, Moment now) {
        probe(s, now);
        actions.add(new Action.Schedule(
                Timer.HEARTBEAT, s.number(), settings.heartbeat().toNanos()));
        watch(s, settings.heartbeatTimeout().toNanos(), now);
    }

    /** Sends a heartbeat out of turn. */
    void probe(Session s, Moment now) {
        s.heartbeatSent(now);
        actions.add(new Action.SendHeartbeat(s.number()));
    }

    private void watch(Session s, long nanos, Moment now) {
        deadlineNanos = now.monotonicNanos() + nanos;
        actions.add(new Action.Schedule(Timer.DEADLINE, s.number(), nanos));
    }

    Judgment judge(Session s, Input.TimerDue due, Moment now) {
        long timeout = settings.heartbeatTimeout().toNanos();
        if (due.readingSinceNanos() == Input.TimerDue.PAUSED) {
            s.forgiveUnanswered();
            watch(s, timeout, now);
            return Judgment.UNDECIDED;
        }
        if (now.monotonicNanos() - deadlineNanos > SUSPENDED_NANOS) {
            // We were stopped, not the link: what came meanwhile may still have to be read.
            watch(s, timeout, now);
            return Judgment.UNDECIDED;
        }
        long readFor = now.monotonicNanos() - due.readingSinceNanos();
        if (due.readingSinceNanos() > s.lastSent().monotonicNanos() && readFor < timeout) {
            watch(s, timeout - readFor, now);
            return Judgment.UNDECIDED;
        }
        if (due.lastFrameNanos() < s.lastSent().monotonicNanos()) {
            return Judgment.DEAD;
        }
        return s.sentSinceAnswer() >= 2 ? Judgment.UNANSWERED : Judgment.ALIVE;
    }
}
