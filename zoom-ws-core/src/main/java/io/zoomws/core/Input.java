package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.TokenFailure;

/** What can happen to a {@link ConnectionMachine}. Inputs about a connection that it has let go of change nothing. */
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
     * @param readToEnd whether all that was sent on it has been read: it did not break off and was not cut
     */
    record Closed(long connection, boolean kicked, boolean readToEnd, String cause) implements Input {}

    /**
     * A timer of the machine's has run out.
     *
     * @param timer which
     * @param connection whose
     * @param lastFrameNanos when any frame last came on that connection, by the monotonic clock
     * @param readingSinceNanos since when its frames are read, by the monotonic clock; {@link #PAUSED} if they are not
     */
    record TimerDue(Timer timer, long connection, long lastFrameNanos, long readingSinceNanos) implements Input {
        static final long PAUSED = Long.MAX_VALUE;
    }

    /**
     * Another connection is wanted in place of the one that is ready.
     *
     * @param why for the log
     */
    record Renew(String why) implements Input {}

    /**
     * Nothing can be received for now.
     *
     * @param why for the user, without secret; becomes the cause of the gap
     */
    record Hold(String why) implements Input {}

    /** It can be received again. */
    record Release() implements Input {}

    record Stop() implements Input {}
}
