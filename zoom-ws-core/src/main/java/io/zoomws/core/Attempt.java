package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.TokenFailure;
import io.zoomws.core.Session.Verdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to the next ready connection: token, socket, confirmation, and the wait before another try. The same whether
 * there is no connection or one that is to be taken over from.
 */
final class Attempt {

    /** How far it has come. */
    enum Phase {
        /** None is under way. */
        IDLE,
        TOKEN,
        OPENING,
        CONFIRMING,
        /** It failed and is made again later. */
        WAITING,
        /** None is wanted for now. */
        HELD
    }

    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();

    private final ConnectionSettings settings;
    private final ReconnectPolicy policy;
    private final List<Action> actions;
    private final Map<ReconnectCause, Long> reconnects = new EnumMap<>(ReconnectCause.class);
    private Phase phase = Phase.IDLE;
    private String why = "not started";
    private Moment since = new Moment(0, 0);
    private Optional<Long> nextTryNanos = Optional.empty();
    /** When the next try is due by the monotonic clock, kept while none is wanted. */
    private Optional<Long> dueNanos = Optional.empty();

    /** How long the connection before had lived when it was kicked: for this one, or for a rival's. */
    private Optional<Long> kickedAfterNanos = Optional.empty();

    private long nextConnection;
    private long lastConnection;
    private @Nullable Session candidate;
    private @Nullable AccessToken unwanted;

    Attempt(ConnectionSettings settings, ReconnectPolicy policy, long firstConnection, List<Action> actions) {
        this.settings = settings;
        this.policy = policy;
        this.nextConnection = firstConnection;
        this.actions = actions;
    }

    Phase phase() {
        return phase;
    }

    String why() {
        return why;
    }

    long sinceNanos() {
        return since.wallNanos();
    }

    Optional<Long> nextTryNanos() {
        return nextTryNanos;
    }

    /** The number of the newest connection, 0 before the first. */
    long lastConnection() {
        return lastConnection;
    }

    Map<ReconnectCause, Long> reconnects() {
        return Map.copyOf(reconnects);
    }

    void count(ReconnectCause kind) {
        reconnects.merge(kind, 1L, Long::sum);
    }

    private Optional<Session> candidate(long connection) {
        return Optional.ofNullable(candidate).filter(s -> s.number() == connection);
    }

    /** Whether Zoom may know of the connection that is being opened. */
    boolean isAsked() {
        return candidate != null && candidate.isAsked();
    }

    /** Whether something will come of it without waiting. */
    boolean isUnderWay() {
        return phase == Phase.TOKEN || phase == Phase.OPENING || phase == Phase.CONFIRMING;
    }

    /** Begins, or begins again after a wait. */
    void begin(String reason, Moment now) {
        dueNanos = Optional.empty();
        enter(Phase.TOKEN, reason, now);
        actions.add(new Action.FetchToken(unwanted));
    }

    /** Asks for another token than this from now on, until a connection is ready. */
    void refuse(AccessToken token) {
        unwanted = token;
    }

    void tokenReceived(AccessToken token, Moment now) {
        if (phase == Phase.TOKEN) {
            lastConnection = nextConnection++;
            candidate = new Session(lastConnection, token, now);
            enter(Phase.OPENING, "a token is there", now);
            actions.add(new Action.Open(lastConnection, token));
            limitTime();
        }
    }

    void tokenFailed(TokenFailure failure, String message, Moment now) {
        if (phase == Phase.TOKEN) {
            boolean refused =
                    failure instanceof TokenFailure.WrongCredentials || failure instanceof TokenFailure.WrongAccount;
            ReconnectCause kind = refused ? ReconnectCause.CREDENTIALS : ReconnectCause.TOKEN;
            waitFor(new Verdict(kind, message), policy.afterToken(failure), now);
        }
    }

    /** The upgrade request goes out. Returns whether it is this attempt's. */
    boolean asked(long connection, Moment now) {
        Optional<Session> own = candidate(connection);
        own.ifPresent(s -> s.asked(now));
        return own.isPresent();
    }

    void opened(long connection, Moment now) {
        if (candidate(connection).isPresent() && phase == Phase.OPENING) {
            enter(Phase.CONFIRMING, "the socket is open", now);
            limitTime();
        }
    }

    private void limitTime() {
        actions.add(new Action.Schedule(
                Timer.HANDSHAKE, lastConnection, settings.handshakeTimeout().toNanos()));
    }

    void openFailed(Input.OpenFailed failed, Moment now) {
        ReconnectCause kind = failed.refused() ? ReconnectCause.REFUSED : ReconnectCause.NOT_OPENED;
        candidate(failed.connection()).ifPresent(s -> failed(s, new Verdict(kind, failed.cause()), now));
    }

    /** Takes a frame. Returns the connection if that made it ready, and is then done with it. */
    Optional<Session> answered(long connection, ControlFrame frame, Moment now) {
        Session s = candidate(connection).orElse(null);
        if (s == null || s.verdict().isPresent()) {
            return Optional.empty();
        }
        switch (frame) {
            case CONFIRMED -> {
                return phase == Phase.CONFIRMING ? Optional.of(confirmed(s, now)) : Optional.empty();
            }
            case REFUSED -> condemn(s, Verdict.refused());
            case KICKED -> condemn(s, Verdict.kicked());
            case UNREADABLE -> cut(s, new Verdict(ReconnectCause.NOT_OPENED, "the first frame is not Zoom's"), now);
            case HEARTBEAT, OTHER -> {
                // An event before the confirmation: never seen, no reason to give up.
            }
        }
        return Optional.empty();
    }

    private Session confirmed(Session s, Moment now) {
        s.confirmed(now);
        policy.ready();
        candidate = null;
        unwanted = null;
        kickedAfterNanos = Optional.empty();
        actions.add(new Action.CancelTimers(s.number()));
        enter(Phase.IDLE, "confirmed by Zoom", now);
        return s;
    }

    private void condemn(Session s, Verdict verdict) {
        s.condemn(verdict);
        actions.add(new Action.Schedule(Timer.LINGER, s.number(), LINGER_NANOS));
    }

    void closed(Input.Closed closed, Moment now) {
        candidate(closed.connection()).ifPresent(s -> {
            String text = closed.cause() + " before Zoom confirmed the connection";
            Verdict own = closed.kicked() ? Verdict.kicked() : new Verdict(ReconnectCause.NOT_OPENED, text);
            failed(s, s.condemn(own), now);
        });
    }

    void timerDue(Timer timer, long connection, Moment now) {
        if (timer == Timer.RETRY && phase == Phase.WAITING) {
            begin("after: " + why, now);
        } else if (timer == Timer.HANDSHAKE) {
            candidate(connection).ifPresent(s -> cut(s, s.condemn(tooSlow()), now));
        } else if (timer == Timer.LINGER) {
            candidate(connection).ifPresent(s -> s.verdict().ifPresent(verdict -> cut(s, verdict, now)));
        }
    }

    private Verdict tooSlow() {
        String seconds = settings.handshakeTimeout().toMillis() / 1000.0 + " s";
        return new Verdict(
                ReconnectCause.NOT_OPENED,
                phase == Phase.OPENING
                        ? "no connection could be opened within " + seconds
                        : "Zoom did not confirm the connection within " + seconds);
    }

    private void cut(Session s, Verdict verdict, Moment now) {
        actions.add(new Action.Cut(s.number()));
        failed(s, verdict, now);
    }

    private void failed(Session s, Verdict verdict, Moment now) {
        if (verdict.kind() == ReconnectCause.REFUSED) {
            refuse(s.token());
        }
        if (kickedAfterNanos.isPresent()) {
            // So it was not for this connection.
            waitFor(Verdict.kicked(), policy.afterConnection(ReconnectCause.KICKED, kickedAfterNanos.get()), now);
        } else {
            waitFor(verdict, policy.afterConnection(verdict.kind(), 0), now);
        }
    }

    /**
     * The connection that was ready has ended. What is under way goes on, unless the subscription was taken by a rival: a
     * kick can be for our own new connection only once Zoom may know of it.
     */
    void replace(Session ended, Verdict verdict, Moment now) {
        if (verdict.kind() == ReconnectCause.REFUSED) {
            refuse(ended.token());
        }
        boolean rival = verdict.kind() == ReconnectCause.KICKED || verdict.kind() == ReconnectCause.RIVAL;
        if (isUnderWay() && (isAsked() || !rival)) {
            count(verdict.kind());
            if (rival) {
                kickedAfterNanos = Optional.of(ended.livedNanos(now));
            }
            return;
        }
        Session s = candidate;
        if (s != null) {
            actions.add(new Action.Cut(s.number()));
        }
        waitFor(verdict, policy.afterConnection(verdict.kind(), ended.livedNanos(now)), now);
    }

    private void waitFor(Verdict verdict, long delayNanos, Moment now) {
        count(verdict.kind());
        kickedAfterNanos = Optional.empty();
        giveUp();
        await(verdict.text(), delayNanos, now);
    }

    private void await(String reason, long delayNanos, Moment now) {
        actions.add(new Action.Schedule(Timer.RETRY, 0, delayNanos));
        enter(Phase.WAITING, reason, now);
        nextTryNanos = Optional.of(now.wallNanos() + delayNanos);
        dueNanos = Optional.of(now.monotonicNanos() + delayNanos);
    }

    /** Ends what is under way, and begins nothing by itself. */
    void hold(String reason, Moment now) {
        Session s = candidate;
        if (s != null) {
            actions.add(new Action.Cut(s.number()));
        }
        giveUp();
        actions.add(new Action.CancelTimers(0));
        enter(Phase.HELD, reason, now);
    }

    /** Begins again what {@link #hold} ended, but not before the next try was due: a rival is held back from as before. */
    void release(Moment now) {
        long delayNanos = dueNanos.map(due -> due - now.monotonicNanos()).orElse(0L);
        if (delayNanos > 0) {
            await(why, delayNanos, now);
        } else {
            begin("after: " + why, now);
        }
    }

    /** Ends a hold before anything was begun. */
    void clear(Moment now) {
        enter(Phase.IDLE, "not started", now);
    }

    /** Ends for good. */
    void stop(Moment now) {
        Session s = candidate;
        if (s != null) {
            actions.add(new Action.Close(s.number()));
        }
        giveUp();
        actions.add(new Action.CancelTimers(0));
        enter(Phase.IDLE, "asked to", now);
    }

    private void giveUp() {
        Session s = candidate;
        if (s != null) {
            actions.add(new Action.CancelTimers(s.number()));
            candidate = null;
        }
    }

    private void enter(Phase next, String reason, Moment now) {
        phase = next;
        why = reason;
        since = now;
        nextTryNanos = Optional.empty();
    }
}
