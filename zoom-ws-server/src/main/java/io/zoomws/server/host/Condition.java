package io.zoomws.server.host;

import io.zoomws.server.delivery.Activity;
import io.zoomws.server.delivery.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an instance that was started is shown as: its state, and what is derived from what it is in the middle of.
 *
 * @param state one word for the status
 * @param why one line, where the state needs one
 */
record Condition(String state, Optional<String> why) {

    /** A handler that has been in one call so long is stuck, as far as anyone can tell. */
    static final Duration STUCK = Duration.ofSeconds(30);

    /**
     * Of one moment.
     *
     * @param state as the instance says
     * @param activity it is in the middle of
     * @param now to count from
     * @param place where its code is; asked only if it is stuck
     */
    static Condition of(InstanceState state, Activity activity, Instant now, Supplier<Optional<String>> place) {
        boolean alive = state == InstanceState.STARTING
                || state == InstanceState.REBUILDING
                || state == InstanceState.RUNNING
                || state == InstanceState.BLOCKED;
        Optional<Duration> busy = activity.busySince().map(since -> Duration.between(since, now));
        if (alive && busy.isPresent() && busy.get().compareTo(STUCK) >= 0) {
            return new Condition(
                    "stuck",
                    Optional.of(inOneCall(activity, busy.get())
                            + place.get().map(at -> ", " + at).orElse("")));
        }
        if (state == InstanceState.RUNNING && activity.retry().isPresent()) {
            Activity.Retry retry = activity.retry().get();
            return new Condition(
                    "retrying",
                    Optional.of("sequence " + retry.sequence() + " since " + retry.since() + ", attempts "
                            + retry.attempts() + ": " + retry.failure()));
        }
        Optional<String> why =
                switch (state) {
                    case FAILED -> activity.failure();
                    case ABANDONED -> Optional.of("its thread did not end when it was told to");
                    default -> Optional.empty();
                };
        return new Condition(state.name().toLowerCase(Locale.ROOT), why);
    }

    /** For the status and the log. */
    static String inOneCall(Activity activity, Duration busy) {
        return "in one call for " + busy.toSeconds() + " s"
                + (activity.sequence().isPresent()
                        ? ", at sequence " + activity.sequence().getAsLong()
                        : "");
    }
}
