package io.zoomws.server.delivery;

/** Told how far a delivery has come, by its thread. */
public interface Progress {

    /**
     * Everything before this sequence is done.
     *
     * @param next sequence of the next entry to be delivered
     */
    void passed(long next);

    /** There is nothing to deliver at the moment, or no more. */
    void idle();

    /**
     * Delivery waits, since what failed cannot be parked; or it goes on. Does nothing unless overridden.
     *
     * @param now whether it waits
     */
    default void blocked(boolean now) {}
}
