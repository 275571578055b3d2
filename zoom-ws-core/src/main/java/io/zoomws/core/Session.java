package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What is known of one socket, from its opening to its end. Separate from the decision when to open another, so that two
 * can live side by side while one takes over from the other.
 */
final class Session {

    /**
     * Why a connection is about to end.
     *
     * @param kind decides what happens next
     * @param text for gap and log
     */
    record Verdict(ReconnectCause kind, String text) {

        static Verdict refused() {
            return new Verdict(ReconnectCause.REFUSED, "refused by Zoom: token or subscription");
        }

        static Verdict kicked() {
            return new Verdict(
                    ReconnectCause.KICKED, "connected in another place: another process uses this subscription");
        }

        static Verdict rival(String cause) {
            return new Verdict(
                    ReconnectCause.RIVAL, cause + ", again and again: another process may be using this subscription");
        }
    }

    private final long number;
    private final AccessToken token;
    private final Deque<Moment> unanswered = new ArrayDeque<>();
    private Optional<Moment> asked = Optional.empty();
    private Optional<Moment> ready = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();
    private Moment proven;
    private int sentSinceAnswer;
    private Moment lastSent;

    Session(long number, AccessToken token, Moment now) {
        this.number = number;
        this.token = token;
        this.proven = now;
        this.lastSent = now;
    }

    long number() {
        return number;
    }

    AccessToken token() {
        return token;
    }

    void asked(Moment now) {
        asked = Optional.of(now);
    }

    /** Whether the upgrade request went out, so that Zoom may know of this connection. */
    boolean isAsked() {
        return asked.isPresent();
    }

    /** The confirmation proves that our request arrived, so that the link was live when it was sent; not that it is now. */
    void confirmed(Moment now) {
        ready = Optional.of(now);
        proven = asked.orElse(proven);
    }

    Optional<Moment> ready() {
        return ready;
    }

    Optional<Verdict> verdict() {
        return verdict;
    }

    /** The first verdict stands: what follows a refusal or a kick is only the way the other side puts it into effect. */
    Verdict condemn(Verdict reason) {
        if (verdict.isEmpty()) {
            verdict = Optional.of(reason);
        }
        return verdict.get();
    }

    /** The moment is taken before the heartbeat is written, so that a stall in between cannot over-state the proof. */
    void heartbeatSent(Moment now) {
        unanswered.add(now);
        lastSent = now;
        sentSinceAnswer++;
    }

    /**
     * Answers carry no number. The k-th answer proves no more than that the k-th heartbeat arrived, so the oldest
     * unanswered one is taken; if an answer was left out, later proofs are early by one heartbeat, never late.
     *
     * @return the time the heartbeat took, or empty for an answer to nothing
     */
    Optional<Long> heartbeatAnswered(Moment now) {
        Moment sent = unanswered.poll();
        sentSinceAnswer = 0;
        if (sent == null) {
            return Optional.empty();
        }
        proven = sent;
        return Optional.of(now.nanosSince(sent));
    }

    Moment lastSent() {
        return lastSent;
    }

    int sentSinceAnswer() {
        return sentSinceAnswer;
    }

    /** While nothing is read no answer can be seen, so heartbeats of that time do not speak against the link. */
    void forgiveUnanswered() {
        sentSinceAnswer = 0;
    }

    /** The latest moment at which this connection is proven to have been live; means nothing before it is ready. */
    Moment proven() {
        return proven;
    }

    /** How long it was ready; 0 if it never was. */
    long livedNanos(Moment now) {
        return ready.map(now::nanosSince).orElse(0L);
    }
}
