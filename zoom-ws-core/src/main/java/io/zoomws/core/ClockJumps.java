package io.zoomws.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Remembers how the wall clock was set, so that a gap tells the truth by whatever the clock showed while it lasted. If it is
 * set back in the middle of an outage, the same hour passes twice, and both are part of the gap.
 */
final class ClockJumps {

    /** What the two clocks may drift apart between two looks without being taken for a jump. */
    private static final long TOLERANCE_NANOS = Duration.ofMillis(1).toNanos();

    /**
     * What is worth telling. Below it is drift, or a clock that is being pulled right: ntpd and chronyd do that slowly for
     * small differences, and set the clock at once from some 128 ms on.
     */
    private static final long WORTH_TELLING_NANOS = Duration.ofMillis(100).toNanos();

    /** Older jumps are merged into one: a gap then is over-stated, never under-stated. */
    private static final int MOST = 64;

    /** That the clocks were between so far and so far apart up to a moment. */
    private record Period(long untilMonotonicNanos, long leastOffsetNanos, long mostOffsetNanos) {}

    private final Deque<Period> past = new ArrayDeque<>();
    private Moment first = new Moment(0, 0);
    private long least;
    private long most;
    private long seen;
    private boolean begun;

    /**
     * Looks at the clocks; to be called at every input.
     *
     * @return by how much the wall clock was set since the look before, if that is worth telling; a machine that slept shows
     *     the same as a clock that was set forward
     */
    OptionalLong look(Moment now) {
        long offset = now.offsetNanos();
        long jump = begun ? offset - seen : 0;
        seen = offset;
        remember(now, offset);
        return Math.abs(jump) < WORTH_TELLING_NANOS ? OptionalLong.empty() : OptionalLong.of(jump);
    }

    private void remember(Moment now, long offset) {
        if (!begun) {
            first = now;
            least = offset;
            most = offset;
            begun = true;
        } else if (offset < most - TOLERANCE_NANOS || offset > least + TOLERANCE_NANOS) {
            past.addLast(new Period(now.monotonicNanos(), least, most));
            merge();
            least = offset;
            most = offset;
        } else {
            least = Math.min(least, offset);
            most = Math.max(most, offset);
        }
    }

    /** When the clocks were looked at for the first time. */
    Moment first() {
        return first;
    }

    private void merge() {
        if (past.size() > MOST) {
            Period first = past.removeFirst();
            Period second = past.removeFirst();
            past.addFirst(new Period(
                    second.untilMonotonicNanos(),
                    Math.min(first.leastOffsetNanos(), second.leastOffsetNanos()),
                    Math.max(first.mostOffsetNanos(), second.mostOffsetNanos())));
        }
    }

    /** The earliest that the wall clock can have shown from that moment on. */
    long earliest(Moment from) {
        long offset = Math.min(from.offsetNanos(), least);
        for (Period period : past) {
            if (period.untilMonotonicNanos() >= from.monotonicNanos()) {
                offset = Math.min(offset, period.leastOffsetNanos());
            }
        }
        return from.monotonicNanos() + offset;
    }

    /** The latest that the wall clock can have shown since {@code from} and up to {@code to}. */
    long latest(Moment from, Moment to) {
        long latest = Math.max(to.wallNanos(), to.monotonicNanos() + most);
        for (Period period : past) {
            if (period.untilMonotonicNanos() >= from.monotonicNanos()) {
                long until = Math.min(period.untilMonotonicNanos(), to.monotonicNanos());
                latest = Math.max(latest, until + period.mostOffsetNanos());
            }
        }
        return latest;
    }
}
