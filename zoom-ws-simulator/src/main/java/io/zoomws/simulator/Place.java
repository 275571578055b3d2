package io.zoomws.simulator;

/** Where in a simulator's life something is counted, or done. */
enum Place {
    /** Nowhere in particular: at a time since the script began. */
    TIME,
    /** A connection has become ready. */
    CONNECTION,
    /** A client asks for the WebSocket. */
    HANDSHAKE,
    /** A client asks for a token. */
    TOKEN,
    /** An event happens. */
    EVENT
}
