package io.zoomws.server.delivery;

import io.zoomws.server.plugins.Causes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Which call of a plugin's code is under way, and what the calls before came to. Written by one thread, read by any. */
final class CallRecord {

    private static final long NONE = 0;

    /**
     * A call.
     *
     * @param since when it began
     * @param sequence of the entry it is about; 0 for none
     */
    private record Call(Instant since, long sequence) {}

    private final InstantSource clock;
    private volatile @Nullable Call call;
    private volatile Activity.@Nullable Retry retry;
    private volatile @Nullable String failure;
    private long sequence = NONE; // confined to the writer

    CallRecord(InstantSource clock) {
        this.clock = clock;
    }

    /** The calls from now on are about an entry. */
    void about(long entry) {
        sequence = entry;
        Activity.Retry before = retry;
        if (before != null && before.sequence() != entry) {
            retry = null;
        }
    }

    /** The plugin's code is entered. */
    void entered() {
        call = new Call(clock.instant(), sequence);
    }

    /** It has returned, in whichever way. */
    void left() {
        call = null;
    }

    /** What it threw over the entry. */
    void failed(Throwable thrown) {
        Activity.Retry before = retry;
        retry = before == null
                ? new Activity.Retry(sequence, clock.instant(), 1, Causes.silent(thrown))
                : new Activity.Retry(sequence, before.since(), before.attempts() + 1, Causes.silent(thrown));
    }

    /** The entry needs no more calls. */
    void settled() {
        sequence = NONE;
        retry = null;
    }

    /** Why there are no more calls, or none for a while: to be shown. */
    void ended(String why) {
        failure = why;
    }

    /** All of it, with what its thread costs. */
    Activity activity(int threads, Duration cpu) {
        return new Activity(busySince(), sequence(), retry(), Optional.ofNullable(failure), threads, cpu);
    }

    Optional<Instant> busySince() {
        return Optional.ofNullable(call).map(Call::since);
    }

    OptionalLong sequence() {
        Call now = call;
        return now == null || now.sequence() == NONE ? OptionalLong.empty() : OptionalLong.of(now.sequence());
    }

    Optional<Activity.Retry> retry() {
        return Optional.ofNullable(retry);
    }
}
