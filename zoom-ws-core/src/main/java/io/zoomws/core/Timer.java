package io.zoomws.core;

/** The timers of a {@link ConnectionMachine}. Each runs at most once at a time: to schedule one is to replace it. */
enum Timer {
    /** Time limit of opening, then of confirmation. */
    HANDSHAKE,
    /** The next heartbeat. */
    HEARTBEAT,
    /** Something must have come by now. */
    DEADLINE,
    /** The other side was given time to close. */
    LINGER,
    /** The next try. */
    RETRY
}
