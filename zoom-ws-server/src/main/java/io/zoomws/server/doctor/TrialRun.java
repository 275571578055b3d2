package io.zoomws.server.doctor;

import io.zoomws.core.ConnectionStatus;
import io.zoomws.core.ReconnectCause;
import io.zoomws.spi.Entry;
import io.zoomws.spi.ZoomEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows a trial: waits for what a check wants to see, and tells what there was to be seen. */
final class TrialRun {

    private static final Duration LOOK = Duration.ofMillis(50);
    /** A type that is none may be anything, and is not repeated. */
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_.]{1,80}");

    private final Trial trial;
    private final BooleanSupplier stop;
    private final LongSupplier nanoTime;
    private Map<ReconnectCause, Long> before = Map.of();
    private Optional<String> firstEvent = Optional.empty();

    TrialRun(Trial trial, BooleanSupplier stop, LongSupplier nanoTime) {
        this.trial = trial;
        this.stop = stop;
        this.nanoTime = nanoTime;
    }

    /** Whatever ended so far counts no more. */
    void forgetEnds() {
        before = trial.connection().reconnects();
    }

    /** Looks until there is enough, the time is up or the user has had enough. */
    Observation await(Predicate<Observation> enough, Duration limit) throws InterruptedException {
        long begin = nanoTime.getAsLong();
        Observation seen = look(begin);
        while (!enough.test(seen) && !seen.stopped() && seen.waited().compareTo(limit) < 0) {
            Duration left = limit.minus(seen.waited());
            note(trial.next(left.compareTo(LOOK) < 0 ? left : LOOK));
            seen = look(begin);
        }
        catchUp();
        return seen.withFirstEvent(firstEvent);
    }

    /** The status may be ahead of the journal: of a connection that has ended, an event may still be on its way to the disk. */
    private void catchUp() throws InterruptedException {
        while (firstEvent.isEmpty()) {
            Entry entry = trial.next(LOOK);
            if (entry == null) {
                return;
            }
            note(entry);
        }
    }

    private void note(@Nullable Entry entry) {
        if (entry instanceof ZoomEvent event && firstEvent.isEmpty()) {
            String type = event.type();
            firstEvent = Optional.of(TYPE.matcher(type).matches() ? type : "an event of a type of its own");
        }
    }

    private Observation look(long begin) {
        ConnectionStatus status = trial.connection();
        Map<ReconnectCause, Long> ends = new EnumMap<>(ReconnectCause.class);
        status.reconnects().forEach((kind, count) -> ends.put(kind, count - before.getOrDefault(kind, 0L)));
        return new Observation(
                Duration.ofNanos(nanoTime.getAsLong() - begin),
                stop.getAsBoolean(),
                status.state(),
                status.cause(),
                ends,
                status.heartbeatRoundTrip(),
                firstEvent);
    }
}
