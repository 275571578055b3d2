package io.zoomws.camel;

import java.util.Optional;

/**
 * How far a consumer is, as others are told.
 *
 * @param state what it does
 * @param position the lowest entry that is not done; 0 if it is not known yet
 * @param next the next entry to be read; 0 if it is not known yet
 * @param inFlight how many entries are under way, those that wait for their next attempt included
 * @param redeliveries how many wait for their next attempt
 * @param passedOver how many were passed over since the start because their exchange failed
 * @param lastFailure the class of what failed last in the route, if something did
 */
record Progress(
        State state,
        long position,
        long next,
        int inFlight,
        int redeliveries,
        long passedOver,
        Optional<String> lastFailure) {

    /** What a consumer does. */
    enum State {
        /** Entries are delivered as they come. */
        RUNNING,
        /** Nothing is taken until the route is resumed. */
        SUSPENDED,
        /** Another consumer has the cursor; this one takes over when it lets go. */
        STANDBY,
        /** Something is in the way; it is tried again. */
        FAILING,
        /** A replay has delivered its range. */
        ENDED,
        /** The route is stopped. */
        STOPPED
    }

    /** Of a consumer that has no position yet. */
    static Progress of(State state) {
        return new Progress(state, 0, 0, 0, 0, 0, Optional.empty());
    }
}
