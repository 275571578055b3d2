package io.zoomws.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an instance is in the middle of, and what its plugin costs.
 *
 * @param busySince since when the plugin's code is in one call; empty if it is in none
 * @param sequence of the entry it was handed in this call; empty in a constructor and the like
 * @param retry what it waits to be given again; empty if its last call returned
 * @param failure why it does not run, if it failed
 * @param threads how many threads the plugin has started that still run
 * @param cpu processor time of the instance's own thread since it began
 */
public record Activity(
        Optional<Instant> busySince,
        OptionalLong sequence,
        Optional<Retry> retry,
        Optional<String> failure,
        int threads,
        Duration cpu) {

    /** Of an instance of which nothing more is known. */
    public static final Activity UNKNOWN =
            new Activity(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), 0, Duration.ZERO);

    /**
     * An entry that the handler has failed on, or asked to be given later, and that it has not settled yet.
     *
     * @param sequence of the entry
     * @param since when that happened first
     * @param attempts how often it was called with it
     * @param failure what it threw last: classes and place, no message
     */
    public record Retry(long sequence, Instant since, int attempts, String failure) {}
}
