package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.TokenFailure;

/** What can happen to a {@link ConnectionMachine}. Inputs about a connection that is not the current one change nothing. */
sealed interface Input {

    record Start() implements Input {}

    record TokenReceived(AccessToken token) implements Input {}

    /**
     * There is no token.
     *
     * @param message for the user, without secret
     */
    record TokenFailed(TokenFailure failure, String message) implements Input {}

    /** The upgrade request is about to be written. */
    record Asked(long connection) implements Input {}

    /** The upgrade succeeded, which says nothing about Zoom's consent. */
    record Opened(long connection) implements Input {}

    /**
     * The socket could not be opened.
     *
     * @param refused whether the answer speaks against the token rather than against the network
     */
    record OpenFailed(long connection, boolean refused, String cause) implements Input {}

    /** A frame that matters to the connection came. All others are not told, since they are many and change nothing. */
    record Answered(long connection, ControlFrame frame) implements Input {}

    /**
     * The socket has closed.
     *
     * @param kicked whether the close reason says that the subscription is connected elsewhere
     */
    record Closed(long connection, boolean kicked, String cause) implements Input {}

    /**
     * A timer of the machine's has run out.
     *
     * @param timer which
     * @param lastFrameNanos when any frame last came, by the monotonic clock
     * @param readingSinceNanos since when frames are read, by the monotonic clock; {@link #PAUSED} if they are not
     */
    record TimerDue(Timer timer, long lastFrameNanos, long readingSinceNanos) implements Input {
        static final long PAUSED = Long.MAX_VALUE;
    }

    record Stop() implements Input {}
}
