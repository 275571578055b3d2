package io.zoomws.server.delivery;

/** What an instance is doing. */
public enum InstanceState {
    /** Its handler is being built. */
    STARTING,
    /** It is handed again what it had been handed, and follows the journal afterwards. */
    REBUILDING,
    /** It follows the journal. */
    RUNNING,
    /** Delivery waits, since what failed cannot be parked: its queue or the disk is full; the log says so. */
    BLOCKED,
    /** It could not be started, or its journal or cursor cannot be used; the log says why. */
    FAILED,
    /** Its process ended without having been told to, and is to be started again. */
    RESTARTING,
    /** It ended in order. */
    STOPPED,
    /** Its thread did not end when told to. */
    ABANDONED
}
