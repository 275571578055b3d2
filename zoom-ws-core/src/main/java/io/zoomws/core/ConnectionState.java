package io.zoomws.core;

/** Where the connection stands. Only {@link #READY} means that events are received. */
public enum ConnectionState {
    /** Not started yet. */
    NEW,
    /** Waits for an access token. */
    WAITING_FOR_TOKEN,
    /** Opens a socket: TCP, TLS, HTTP upgrade. */
    CONNECTING,
    /** The socket is open, which means nothing to Zoom: waits for its confirmation. */
    AWAITING_BUILD_CONNECTION,
    /** Zoom has confirmed the connection. */
    READY,
    /** Waits for the moment of the next try. */
    BACKING_OFF,
    /** Whoever takes the frames cannot take any: waits until it can. */
    HELD,
    /** Closed for good. */
    STOPPED
}
