package io.zoomws.core;

import io.zoomws.core.Action.CancelTimers;
import io.zoomws.core.Action.Close;
import io.zoomws.core.Action.Cut;
import io.zoomws.core.Action.Schedule;
import io.zoomws.core.Action.TellChanged;
import io.zoomws.core.Action.TellClockJumped;
import io.zoomws.core.Action.TellConnected;
import io.zoomws.core.Action.TellDisconnected;
import io.zoomws.core.Session.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything about the connection and does nothing: inputs with their moment go in, actions come out. No I/O, no
 * clock, no thread; one thread at a time. The drawing is in the package's description.
 *
 * <p>Several connections are known at a time: one that is live, one that is being opened ({@link Attempt}) to take over
 * from it or because there is none, and one or more that were taken over and are still read ({@link Handover}). This class sees to the
 * live one.
 */
final class ConnectionMachine {

    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();

    private final ConnectionSettings settings;
    private final List<Action> actions = new ArrayList<>();
    private final ClockJumps jumps = new ClockJumps();
    private final ReconnectPolicy policy;
    private final Attempt attempt;
    private final Handover handover = new Handover(actions, jumps);
    private final OpenOutage outage;
    private final Pulse pulse;

    private boolean started;
    private boolean stopped;
    private @Nullable Session live;
    private String liveCause = "";
    private Optional<Long> roundTripNanos = Optional.empty();

    ConnectionMachine(
            ConnectionSettings settings, long firstConnection, Optional<Outage> outage, RandomGenerator random) {
        this.settings = settings;
        this.policy = new ReconnectPolicy(settings.backOff(), random);
        this.attempt = new Attempt(settings, policy, firstConnection, actions);
        this.outage = new OpenOutage(outage, actions, jumps);
        this.pulse = new Pulse(settings, actions);
    }

    /** Takes one input; the list is the caller's. */
    List<Action> on(Input input, Moment now) {
        actions.clear();
        OptionalLong jump = jumps.look(now);
        if (!stopped) {
            jump.ifPresent(nanos -> actions.add(new TellClockJumped(now.wallNanos() - nanos, now.wallNanos())));
            List<Object> view = view();
            decide(input, now);
            if (started && (attempt.phase() == Attempt.Phase.WAITING || attempt.phase() == Attempt.Phase.HELD)) {
                outage.beginUnlessBegun(jumps.first(), attempt.why());
            }
            if (!view.equals(view())) {
                actions.add(new TellChanged());
            }
        }
        return List.copyOf(actions);
    }

    /** What is worth a line in the log when it changes: how far a renewal has come is not. */
    private List<Object> view() {
        Session s = live;
        return s == null
                ? List.of(state())
                : List.of(s.number(), attempt.isUnderWay(), attempt.phase() == Attempt.Phase.WAITING);
    }

    private void decide(Input input, Moment now) {
        if (input instanceof Input.Start) {
            start(now);
        } else if (input instanceof Input.TokenReceived received) {
            attempt.tokenReceived(received.token(), now);
        } else if (input instanceof Input.TokenFailed failed) {
            attempt.tokenFailed(failed.failure(), failed.message(), now);
        } else if (input instanceof Input.Asked asked) {
            asked(asked.connection(), now);
        } else if (input instanceof Input.Opened opened) {
            attempt.opened(opened.connection(), now);
        } else if (input instanceof Input.OpenFailed failed) {
            attempt.openFailed(failed, now);
        } else if (input instanceof Input.Answered answered) {
            answered(answered.connection(), answered.frame(), now);
        } else if (input instanceof Input.Closed closed) {
            closed(closed, now);
        } else if (input instanceof Input.TimerDue due) {
            timerDue(due, now);
        } else if (input instanceof Input.Renew renew) {
            renewOnRequest(renew.why(), now);
        } else if (input instanceof Input.Hold hold) {
            hold(hold.why(), now);
        } else if (input instanceof Input.Release) {
            release(now);
        } else if (input instanceof Input.Stop) {
            stop(now);
        }
    }

    private void start(Moment now) {
        if (!started && attempt.phase() == Attempt.Phase.IDLE) {
            attempt.begin("the first connection", now);
        }
        started = true;
    }

    /** A connection whose frames nobody can keep would only hide that they are lost. */
    private void hold(String why, Moment now) {
        Session s = live;
        if (s != null) {
            close(s, new Verdict(ReconnectCause.HELD, why), now);
        }
        attempt.hold(why, now);
    }

    private void release(Moment now) {
        if (attempt.phase() == Attempt.Phase.HELD) {
            if (started) {
                attempt.release(now);
            } else {
                attempt.clear(now);
            }
        }
    }

    /** The live connection, if it is this one. */
    private Optional<Session> live(long connection) {
        return Optional.ofNullable(live).filter(s -> s.number() == connection);
    }

    /** The same, unless its end is only waited for. */
    private Optional<Session> healthy(long connection) {
        return live(connection).filter(s -> s.verdict().isEmpty());
    }

    /** From here on Zoom may end the live connection for the new one: the younger its last proof, the better. */
    private void asked(long connection, Moment now) {
        Session old = live;
        if (attempt.asked(connection, now) && old != null && old.verdict().isEmpty()) {
            pulse.probe(old, now);
        }
    }

    private void answered(long connection, ControlFrame frame, Moment now) {
        attempt.answered(connection, frame, now).ifPresent(s -> ready(s, now));
        settled(handover.answered(connection, frame, now), now);
        healthy(connection).ifPresent(s -> {
            switch (frame) {
                case HEARTBEAT -> s.heartbeatAnswered(now).ifPresent(nanos -> roundTripNanos = Optional.of(nanos));
                case REFUSED -> condemn(s, Verdict.refused());
                case KICKED -> condemn(s, Verdict.kicked());
                case CONFIRMED, UNREADABLE, OTHER -> {
                    // Odd, unless it is what made it ready; no reason to end it.
                }
            }
        });
    }

    private void condemn(Session s, Verdict verdict) {
        s.condemn(verdict);
        actions.add(new Schedule(Timer.LINGER, s.number(), LINGER_NANOS));
    }

    private void ready(Session s, Moment now) {
        Session old = live;
        live = s;
        liveCause = "confirmed by Zoom" + (old == null ? "" : ", took over from connection " + old.number());
        actions.add(new TellConnected(s.number(), now.wallNanos()));
        if (old != null) {
            attempt.count(ReconnectCause.RENEWED);
            handover.begin(old, now);
        }
        outage.end(now);
        scheduleRenewal(s, now);
        pulse.beat(s, now);
    }

    private void scheduleRenewal(Session s, Moment now) {
        if (settings.renewal() == Renewal.MAKE_BEFORE_BREAK) {
            policy.untilRenewal(Duration.between(
                            Clocks.instant(now.wallNanos()), s.token().expiresAt()))
                    .ifPresent(nanos -> actions.add(new Schedule(Timer.RENEWAL, s.number(), nanos)));
        }
    }

    /** Once it is known whether the handover left a gap, the live connection may prove itself again. */
    private void settled(boolean settled, Moment now) {
        Session s = live;
        if (settled && s != null && s.verdict().isEmpty()) {
            pulse.beat(s, now);
        }
    }

    private void timerDue(Input.TimerDue due, Moment now) {
        long connection = due.connection();
        switch (due.timer()) {
            case RETRY, HANDSHAKE -> attempt.timerDue(due.timer(), connection, now);
            case LINGER -> {
                attempt.timerDue(due.timer(), connection, now);
                live(connection).ifPresent(s -> s.verdict().ifPresent(verdict -> cut(s, verdict, now)));
            }
            case HEARTBEAT -> healthy(connection).ifPresent(s -> pulse.beat(s, now));
            case DEADLINE -> healthy(connection).ifPresent(s -> judge(s, due, now));
            case RENEWAL ->
                healthy(connection).ifPresent(s -> {
                    attempt.refuse(s.token());
                    renew("the token ends soon", now);
                });
            case DRAIN -> handover.drained(due);
        }
    }

    private void judge(Session s, Input.TimerDue due, Moment now) {
        switch (pulse.judge(s, due, now)) {
            case ALIVE, UNDECIDED -> {
                // The next look is arranged.
            }
            case DEAD -> {
                String seconds = settings.heartbeatTimeout().toMillis() / 1000.0 + " s";
                String text = "dead link: nothing came for " + seconds + " after a heartbeat";
                cut(s, new Verdict(ReconnectCause.DEAD_LINK, text), now);
            }
            case UNANSWERED -> unanswered(s, now);
        }
    }

    /** Frames come but no answers: it may still deliver, so it is kept until another is ready. */
    private void unanswered(Session s, Moment now) {
        Verdict verdict = new Verdict(ReconnectCause.UNANSWERED, "two heartbeats in a row went unanswered");
        if (settings.renewal() == Renewal.ON_CLOSE) {
            close(s, verdict, now);
        } else if (attempt.phase() == Attempt.Phase.IDLE) {
            attempt.count(verdict.kind());
            renew(verdict.text(), now);
        }
    }

    private void renewOnRequest(String why, Moment now) {
        Session s = live;
        if (s == null || s.verdict().isPresent()) {
            return; // another will be opened anyway
        }
        if (settings.renewal() == Renewal.ON_CLOSE) {
            close(s, new Verdict(ReconnectCause.RENEWED, "renewal: " + why), now);
        } else {
            renew(why, now);
        }
    }

    private void renew(String why, Moment now) {
        if (attempt.phase() == Attempt.Phase.IDLE) {
            attempt.begin(why, now);
        }
    }

    private void closed(Input.Closed closed, Moment now) {
        settled(handover.closed(closed, now), now);
        attempt.closed(closed, now);
        live(closed.connection()).ifPresent(s -> {
            Verdict own = closed.kicked() ? Verdict.kicked() : new Verdict(ReconnectCause.DROPPED, closed.cause());
            Verdict verdict = s.condemn(own);
            // What closes a connection while another is being opened may be that other.
            boolean unexplained = verdict.kind() == ReconnectCause.DROPPED && !attempt.isAsked();
            ended(s, unexplained && policy.looksLikeRival(now) ? Verdict.rival(closed.cause()) : verdict, now);
        });
    }

    private void cut(Session s, Verdict verdict, Moment now) {
        actions.add(new Cut(s.number()));
        ended(s, verdict, now);
    }

    private void close(Session s, Verdict verdict, Moment now) {
        handover.closing(s, now);
        ended(s, verdict, now);
    }

    /** The live connection is gone. */
    private void ended(Session s, Verdict verdict, Moment now) {
        handover.close();
        outage.begin(s.proven(), verdict.text());
        live = null;
        actions.add(new CancelTimers(s.number()));
        actions.add(new TellDisconnected(s.number(), now.wallNanos(), verdict.text()));
        attempt.replace(s, verdict, now);
    }

    private void stop(Moment now) {
        stopped = true;
        attempt.stop(now);
        handover.stop(now);
        Session s = live;
        if (s != null) {
            actions.add(new CancelTimers(s.number()));
            actions.add(new Close(s.number()));
            actions.add(new TellDisconnected(s.number(), now.wallNanos(), "stopped"));
            live = null;
        }
    }

    /** The last proof that may be relied on, in nanoseconds since the epoch; 0 if no connection is ready. */
    long provenNanos() {
        Session s = live;
        return s == null ? 0 : handover.proven(s).wallNanos();
    }

    private ConnectionState state() {
        if (stopped) {
            return ConnectionState.STOPPED;
        }
        if (live != null) {
            return ConnectionState.READY;
        }
        return switch (attempt.phase()) {
            case IDLE -> ConnectionState.NEW;
            case TOKEN -> ConnectionState.WAITING_FOR_TOKEN;
            case OPENING -> ConnectionState.CONNECTING;
            case CONFIRMING -> ConnectionState.AWAITING_BUILD_CONNECTION;
            case WAITING -> ConnectionState.BACKING_OFF;
            case HELD -> ConnectionState.HELD;
        };
    }

    ConnectionStatus status() {
        Session s = live;
        boolean renewing = s != null && attempt.phase() != Attempt.Phase.IDLE;
        return new ConnectionStatus(
                state(),
                Clocks.instant(
                        s == null
                                ? attempt.sinceNanos()
                                : s.ready().map(Moment::wallNanos).orElse(0L)),
                s == null ? attempt.why() : liveCause,
                renewing
                        ? Optional.of(
                                new ConnectionStatus.Renewing(Clocks.instant(attempt.sinceNanos()), attempt.why()))
                        : Optional.empty(),
                attempt.nextTryNanos().map(Clocks::instant),
                s == null ? attempt.lastConnection() : s.number(),
                Optional.empty(),
                roundTripNanos.map(Duration::ofNanos),
                attempt.reconnects());
    }
}
