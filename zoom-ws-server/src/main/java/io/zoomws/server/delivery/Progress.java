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
}
