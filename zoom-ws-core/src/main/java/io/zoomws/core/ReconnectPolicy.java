package io.zoomws.core;

import io.zoomws.auth.TokenFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides when to try again. Knows only how earlier tries ended; {@link BackOff} holds the numbers. */
final class ReconnectPolicy {

    private static final int MOST_DOUBLINGS = 30;
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);
    private static final long RENEWAL_MARGIN_NANOS = Duration.ofMinutes(5).toNanos();

    private final BackOff backOff;
    private final RandomGenerator random;
    private final Deque<Long> bareCloses = new ArrayDeque<>();
    private int failures;
    private int refusals;

    ReconnectPolicy(BackOff backOff, RandomGenerator random) {
        this.backOff = backOff;
        this.random = random;
    }

    /** A connection is ready: the token was good. Drops and kicks are forgotten only when it has lasted. */
    void ready() {
        refusals = 0;
    }

    /** A close without a word looks like any drop; too many of them look like a rival who wants the same subscription. */
    boolean looksLikeRival(Moment now) {
        bareCloses.add(now.monotonicNanos());
        while (now.monotonicNanos() - bareCloses.getFirst()
                > backOff.rivalWindow().toNanos()) {
            bareCloses.removeFirst();
        }
        if (bareCloses.size() < backOff.rivalCloses()) {
            return false;
        }
        bareCloses.clear();
        return true;
    }

    /**
     * The delay after a connection, or the try to have one, has ended.
     *
     * @param livedNanos how long it was ready
     */
    long afterConnection(ReconnectCause cause, long livedNanos) {
        if (livedNanos >= backOff.stable().toNanos()) {
            failures = 0;
        }
        return switch (cause) {
            case REFUSED -> refused();
            case KICKED, RIVAL -> kicked(livedNanos);
            case DROPPED, DEAD_LINK, UNANSWERED, RENEWED, HELD, NOT_OPENED, TOKEN, CREDENTIALS ->
                livedNanos >= backOff.shortLife().toNanos() ? backOff.first().toNanos() : exponential();
        };
    }

    long afterToken(TokenFailure failure) {
        if (failure instanceof TokenFailure.RateLimited limited) {
            return limited.retryAfter()
                    .map(Duration::toNanos)
                    .map(asked -> Math.max(asked, exponential()))
                    .orElseGet(() -> jittered(backOff.wrong().toNanos()));
        }
        return failure instanceof TokenFailure.Unavailable
                ? exponential()
                : jittered(backOff.wrong().toNanos());
    }

    private long exponential() {
        long upper =
                doubled(backOff.base().toNanos(), failures++, backOff.most().toNanos());
        return Math.max(backOff.first().toNanos(), random.nextLong(upper + 1));
    }

    private long refused() {
        int before = refusals++;
        return before == 0
                ? 0
                : jittered(doubled(
                        backOff.refused().toNanos(), before - 1, backOff.most().toNanos()));
    }

    /**
     * A first kick may be a deployment that overlaps. One soon after we came back is a rival who comes back as well: then
     * both hold back so long that they change places twice in ten minutes at most.
     */
    private long kicked(long livedNanos) {
        boolean fought = livedNanos < backOff.rivalPeace().toNanos();
        long least = (fought ? backOff.rivalPeace() : backOff.kickedLeast()).toNanos();
        long most = (fought ? backOff.kickedLimit() : backOff.kickedMost()).toNanos();
        return least + random.nextLong(Math.max(1, most - least + 1));
    }

    /**
     * When to prepare another connection: a fifth of the token's life before its end, five minutes at most, and not so soon
     * that a server with absurd lifetimes is stormed.
     *
     * @return empty if the end is so far that it may as well be unknown
     */
    Optional<Long> untilRenewal(Duration tokenLife) {
        if (tokenLife.compareTo(LONGEST_LIFE) > 0) {
            return Optional.empty();
        }
        long life = Math.max(0, tokenLife.toNanos());
        long margin = jittered(Math.min(life / 5, RENEWAL_MARGIN_NANOS));
        return Optional.of(Math.max(life - margin, backOff.shortLife().toNanos()));
    }

    /** Between three quarters and all of it: apart from others, but never shorter than is decent. */
    private long jittered(long nanos) {
        return nanos - random.nextLong(nanos / 4 + 1);
    }

    private static long doubled(long nanos, int times, long most) {
        long factor = 1L << Math.min(times, MOST_DOUBLINGS);
        return nanos > most / factor ? most : nanos * factor;
    }
}
