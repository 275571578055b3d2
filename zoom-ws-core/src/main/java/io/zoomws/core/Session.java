package io.zoomws.core;

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
    record Verdict(ReconnectCause kind, String text) {}

    private final long number;
    private final Deque<Moment> unanswered = new ArrayDeque<>();
    private Moment asked;
    private Optional<Moment> ready = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();
    private long provenNanos;
    private int sentSinceAnswer;
    private Moment lastSent;

    Session(long number, Moment now) {
        this.number = number;
        this.asked = now;
        this.lastSent = now;
    }

    long number() {
        return number;
    }

    void asked(Moment now) {
        asked = now;
    }

    /** The confirmation proves that our request arrived, so that the link was live when it was sent; not that it is now. */
    void confirmed(Moment now) {
        ready = Optional.of(now);
        provenNanos = asked.wallNanos();
    }

    Optional<Moment> ready() {
        return ready;
    }

    Optional<Verdict> verdict() {
        return verdict;
    }

    /** The first verdict stands: what follows a refusal or a kick is only the way the other side puts it into effect. */
    void condemn(Verdict reason) {
        if (verdict.isEmpty()) {
            verdict = Optional.of(reason);
        }
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
        provenNanos = sent.wallNanos();
        return Optional.of(now.monotonicNanos() - sent.monotonicNanos());
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

    long provenNanos() {
        return provenNanos;
    }

    /** How long it was ready; 0 if it never was. */
    long livedNanos(Moment now) {
        return ready.map(since -> now.monotonicNanos() - since.monotonicNanos()).orElse(0L);
    }
}
