package io.zoomws.simulator;

/** Why a connection ended, as the server sees it. */
public enum EndCause {
    /** The client sent a close frame. */
    CLIENT_CLOSED,
    /** The client's end of the TCP connection went away without a close frame, or broke the protocol. */
    CLIENT_GONE,
    /** A newer connection, or a pretended rival, took its place. */
    KICKED,
    /** The client had sent no heartbeat for too long. */
    SILENT,
    /** Its token ended, and a fault said that it must not survive that. */
    TOKEN_EXPIRED,
    /** A fault ended it. */
    FAULT,
    /** The simulator was closed. */
    SHUTDOWN
}
