package io.zoomws.server.delivery;

import java.time.Duration;

/** Told how far a replay has come, on the replay's thread and often: it must be quick. */
public interface ReplayWatcher {

    /**
     * Everything before this sequence is done.
     *
     * @param next sequence of the next entry
     * @param handled events whose handling returned in this run
     * @param parked entries given up after retries in this run
     */
    void at(long next, long handled, long parked);

    /**
     * The next entry is not due yet.
     *
     * @param left until it is
     */
    void waiting(Duration left);
}
