package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.TokenFailure;
import io.zoomws.core.Action.CancelTimers;
import io.zoomws.core.Action.Close;
import io.zoomws.core.Action.Cut;
import io.zoomws.core.Action.FetchToken;
import io.zoomws.core.Action.Open;
import io.zoomws.core.Action.Schedule;
import io.zoomws.core.Action.SendHeartbeat;
import io.zoomws.core.Action.TellChanged;
import io.zoomws.core.Action.TellConnected;
import io.zoomws.core.Action.TellDisconnected;
import io.zoomws.core.Action.TellGap;
import io.zoomws.core.Session.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything about the connection and does nothing: inputs with their moment go in, actions come out. No I/O, no
 * clock, no thread; one thread at a time. The drawing is in the package's description.
 */
final class ConnectionMachine {

    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long SUSPENDED_NANOS = Duration.ofSeconds(2).toNanos();

    private final ConnectionSettings settings;
    private final ReconnectPolicy policy;
    private final Map<ReconnectCause, Long> reconnects = new EnumMap<>(ReconnectCause.class);
    private final List<Action> actions = new ArrayList<>();

    private ConnectionState state = ConnectionState.NEW;
    private long sinceNanos;
    private String cause = "not started";
    private Optional<Long> nextTryNanos = Optional.empty();
    private Optional<Long> roundTripNanos = Optional.empty();
    private Optional<Outage> outage;
    private long nextConnection;
    private long lastConnection;
    private @Nullable Session session;
    private @Nullable AccessToken token;
    private @Nullable AccessToken refusedToken;
    private long deadlineNanos;

    ConnectionMachine(
            ConnectionSettings settings, long firstConnection, Optional<Outage> outage, RandomGenerator random) {
        this.settings = settings;
        this.policy = new ReconnectPolicy(settings.backOff(), random);
        this.nextConnection = firstConnection;
        this.outage = outage;
    }

    /** Takes one input; the list is the caller's. */
    List<Action> on(Input input, Moment now) {
        actions.clear();
        if (state != ConnectionState.STOPPED) {
            decide(input, now);
        }
        return List.copyOf(actions);
    }

    private void decide(Input input, Moment now) {
        if (input instanceof Input.Start) {
            if (state == ConnectionState.NEW) {
                fetchToken("the first connection", now);
            }
        } else if (input instanceof Input.TokenReceived received) {
            tokenReceived(received.token(), now);
        } else if (input instanceof Input.TokenFailed failed) {
            tokenFailed(failed.failure(), failed.message(), now);
        } else if (input instanceof Input.Asked asked) {
            current(asked.connection()).ifPresent(s -> s.asked(now));
        } else if (input instanceof Input.Opened opened) {
            current(opened.connection()).ifPresent(s -> opened(now));
        } else if (input instanceof Input.OpenFailed failed) {
            ReconnectCause kind = failed.refused() ? ReconnectCause.REFUSED : ReconnectCause.NOT_OPENED;
            current(failed.connection()).ifPresent(s -> ended(s, new Verdict(kind, failed.cause()), now));
        } else if (input instanceof Input.Answered answered) {
            current(answered.connection()).ifPresent(s -> answered(s, answered.frame(), now));
        } else if (input instanceof Input.Closed closed) {
            current(closed.connection()).ifPresent(s -> closed(s, closed, now));
        } else if (input instanceof Input.TimerDue due) {
            timerDue(due, now);
        } else if (input instanceof Input.Stop) {
            stop(now);
        }
    }

    private Optional<Session> current(long connection) {
        Session s = session;
        return s != null && s.number() == connection ? Optional.of(s) : Optional.empty();
    }

    private void fetchToken(String why, Moment now) {
        enter(ConnectionState.WAITING_FOR_TOKEN, why, now);
        actions.add(new FetchToken(refusedToken));
    }

    private void tokenReceived(AccessToken received, Moment now) {
        if (state != ConnectionState.WAITING_FOR_TOKEN) {
            return;
        }
        lastConnection = nextConnection++;
        Session s = new Session(lastConnection, now);
        session = s;
        token = received;
        enter(ConnectionState.CONNECTING, "a token is there", now);
        actions.add(new Open(s.number(), received));
        actions.add(new Schedule(Timer.HANDSHAKE, settings.handshakeTimeout().toNanos()));
    }

    private void tokenFailed(TokenFailure failure, String message, Moment now) {
        if (state == ConnectionState.WAITING_FOR_TOKEN) {
            backOff(ReconnectCause.TOKEN, message, policy.afterToken(failure), now);
        }
    }

    private void opened(Moment now) {
        if (state == ConnectionState.CONNECTING) {
            enter(ConnectionState.AWAITING_BUILD_CONNECTION, "the socket is open", now);
            actions.add(
                    new Schedule(Timer.HANDSHAKE, settings.handshakeTimeout().toNanos()));
        }
    }

    private void answered(Session s, ControlFrame frame, Moment now) {
        boolean ready = state == ConnectionState.READY;
        if (s.verdict().isPresent()) {
            return;
        }
        switch (frame) {
            case CONFIRMED -> {
                if (state == ConnectionState.AWAITING_BUILD_CONNECTION) {
                    confirmed(s, now);
                }
            }
            case HEARTBEAT -> {
                if (ready) {
                    s.heartbeatAnswered(now).ifPresent(nanos -> roundTripNanos = Optional.of(nanos));
                }
            }
            case REFUSED -> condemn(s, new Verdict(ReconnectCause.REFUSED, "refused by Zoom: token or subscription"));
            case KICKED -> condemn(s, kick());
            case UNREADABLE -> {
                if (!ready) {
                    actions.add(new Cut(s.number()));
                    ended(s, new Verdict(ReconnectCause.NOT_OPENED, "the first frame is not Zoom's"), now);
                }
            }
            case OTHER -> {
                // An event before the confirmation: never seen, no reason to give up.
            }
        }
    }

    private static Verdict kick() {
        return new Verdict(ReconnectCause.KICKED, "connected in another place: another process uses this subscription");
    }

    private void condemn(Session s, Verdict verdict) {
        s.condemn(verdict);
        actions.add(new Schedule(Timer.LINGER, LINGER_NANOS));
    }

    private void confirmed(Session s, Moment now) {
        s.confirmed(now);
        policy.ready();
        refusedToken = null;
        actions.add(new CancelTimers());
        actions.add(new TellConnected(s.number(), now.wallNanos()));
        // A clock that was set back must not turn the interval inside out.
        outage.ifPresent(open -> actions.add(new TellGap(
                Math.min(open.provenUntilNanos(), now.wallNanos()),
                Math.max(open.provenUntilNanos(), now.wallNanos()),
                open.cause())));
        outage = Optional.empty();
        enter(ConnectionState.READY, "confirmed by Zoom", now);
        heartbeat(s, now);
    }

    private void heartbeat(Session s, Moment now) {
        s.heartbeatSent(now);
        actions.add(new SendHeartbeat(s.number()));
        actions.add(new Schedule(Timer.HEARTBEAT, settings.heartbeat().toNanos()));
        watch(settings.heartbeatTimeout().toNanos(), now);
    }

    private void watch(long nanos, Moment now) {
        deadlineNanos = now.monotonicNanos() + nanos;
        actions.add(new Schedule(Timer.DEADLINE, nanos));
    }

    private void timerDue(Input.TimerDue due, Moment now) {
        Session s = session;
        switch (due.timer()) {
            case RETRY -> {
                if (state == ConnectionState.BACKING_OFF) {
                    fetchToken("after: " + cause, now);
                }
            }
            case HANDSHAKE -> {
                if (s != null && s.ready().isEmpty()) {
                    actions.add(new Cut(s.number()));
                    ended(s, s.verdict().orElseGet(this::tooSlow), now);
                }
            }
            case HEARTBEAT -> {
                if (s != null && s.ready().isPresent() && s.verdict().isEmpty()) {
                    heartbeat(s, now);
                }
            }
            case DEADLINE -> {
                if (s != null && s.ready().isPresent() && s.verdict().isEmpty()) {
                    judge(s, due, now);
                }
            }
            case LINGER -> {
                if (s != null && s.verdict().isPresent()) {
                    actions.add(new Cut(s.number()));
                    ended(s, s.verdict().get(), now);
                }
            }
        }
    }

    private Verdict tooSlow() {
        String seconds = settings.handshakeTimeout().toMillis() / 1000.0 + " s";
        return new Verdict(
                ReconnectCause.NOT_OPENED,
                state == ConnectionState.CONNECTING
                        ? "no connection could be opened within " + seconds
                        : "Zoom did not confirm the connection within " + seconds);
    }

    private void judge(Session s, Input.TimerDue due, Moment now) {
        long timeout = settings.heartbeatTimeout().toNanos();
        if (due.readingSinceNanos() == Input.TimerDue.PAUSED) {
            s.forgiveUnanswered();
            watch(timeout, now);
        } else if (now.monotonicNanos() - deadlineNanos > SUSPENDED_NANOS) {
            // We were stopped, not the link: what came meanwhile may still have to be read.
            watch(timeout, now);
        } else if (due.readingSinceNanos() > s.lastSent().monotonicNanos()
                && now.monotonicNanos() - due.readingSinceNanos() < timeout) {
            watch(due.readingSinceNanos() + timeout - now.monotonicNanos(), now);
        } else if (due.lastFrameNanos() < s.lastSent().monotonicNanos()) {
            actions.add(new Cut(s.number()));
            String text = "dead link: nothing came for "
                    + settings.heartbeatTimeout().toMillis() / 1000.0 + " s after a heartbeat";
            ended(s, new Verdict(ReconnectCause.DEAD_LINK, text), now);
        } else if (s.sentSinceAnswer() >= 2) {
            actions.add(new Close(s.number()));
            ended(s, new Verdict(ReconnectCause.UNANSWERED, "two heartbeats in a row went unanswered"), now);
        }
    }

    private void closed(Session s, Input.Closed closed, Moment now) {
        Verdict verdict;
        if (closed.kicked()) {
            verdict = kick();
        } else if (s.ready().isPresent()) {
            verdict = new Verdict(ReconnectCause.DROPPED, closed.cause());
        } else {
            verdict = new Verdict(ReconnectCause.NOT_OPENED, closed.cause() + " before Zoom confirmed the connection");
        }
        Verdict first = s.verdict().orElse(verdict);
        if (first.kind() == ReconnectCause.DROPPED && policy.looksLikeRival(now)) {
            first = new Verdict(
                    ReconnectCause.RIVAL,
                    closed.cause() + ", again and again: another process may be using this subscription");
        }
        ended(s, first, now);
    }

    private void ended(Session s, Verdict verdict, Moment now) {
        session = null;
        if (s.ready().isPresent()) {
            actions.add(new TellDisconnected(s.number(), now.wallNanos(), verdict.text()));
            outage = Optional.of(new Outage(s.provenNanos(), verdict.text()));
        }
        if (verdict.kind() == ReconnectCause.REFUSED) {
            refusedToken = token;
        }
        token = null;
        backOff(verdict.kind(), verdict.text(), policy.afterConnection(verdict.kind(), s.livedNanos(now)), now);
    }

    private void backOff(ReconnectCause kind, String text, long delayNanos, Moment now) {
        reconnects.merge(kind, 1L, Long::sum);
        actions.add(new CancelTimers());
        actions.add(new Schedule(Timer.RETRY, delayNanos));
        nextTryNanos = Optional.of(now.wallNanos() + delayNanos);
        enter(ConnectionState.BACKING_OFF, text, now);
    }

    private void stop(Moment now) {
        actions.add(new CancelTimers());
        Session s = session;
        if (s != null) {
            actions.add(new Close(s.number()));
            if (s.ready().isPresent()) {
                actions.add(new TellDisconnected(s.number(), now.wallNanos(), "stopped"));
            }
        }
        session = null;
        token = null;
        refusedToken = null;
        enter(ConnectionState.STOPPED, "asked to", now);
    }

    private void enter(ConnectionState next, String why, Moment now) {
        state = next;
        sinceNanos = now.wallNanos();
        cause = why;
        if (next != ConnectionState.BACKING_OFF) {
            nextTryNanos = Optional.empty();
        }
        actions.add(new TellChanged());
    }

    /** The last proof of the current connection, in nanoseconds since the epoch; 0 if there is none. */
    long provenNanos() {
        Session s = session;
        return s == null ? 0 : s.provenNanos();
    }

    /** The number of the current connection; 0 if there is none. */
    long connection() {
        Session s = session;
        return s == null ? 0 : s.number();
    }

    ConnectionStatus status() {
        return new ConnectionStatus(
                state,
                Clocks.instant(sinceNanos),
                cause,
                nextTryNanos.map(Clocks::instant),
                lastConnection,
                Optional.empty(),
                roundTripNanos.map(Duration::ofNanos),
                Map.copyOf(reconnects));
    }
}
