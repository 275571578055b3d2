package io.zoomws.core;

/**
 * The timers of a {@link ConnectionMachine}. Each connection has its own of each kind, and each runs at most once at a time:
 * to schedule one is to replace it.
 */
enum Timer {
    /** Time limit of opening, then of confirmation. */
    HANDSHAKE,
    /** The next heartbeat. */
    HEARTBEAT,
    /** Something must have come by now. */
    DEADLINE,
    /** The other side was given time to close. */
    LINGER,
    /** The token nears its end. */
    RENEWAL,
    /** The connection that was taken over has been read long enough. */
    DRAIN,
    /** The next try; belongs to no connection, so to number 0. */
    RETRY
}
