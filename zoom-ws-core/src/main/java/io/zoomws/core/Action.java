package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import org.jspecify.annotations.Nullable;

/** What a {@link ConnectionMachine} wants to be done, in the order given. */
sealed interface Action {

    /**
     * Ask for a token.
     *
     * @param unwanted a token that Zoom did not accept or that ends soon, if any: another is wanted
     */
    record FetchToken(@Nullable AccessToken unwanted) implements Action {}

    record Open(long connection, AccessToken token) implements Action {}

    record SendHeartbeat(long connection) implements Action {}

    /** Ends a connection without waiting for the other side. */
    record Cut(long connection) implements Action {}

    /** Ends a connection in good order: close frame, then a brief wait for the answer. */
    record Close(long connection) implements Action {}

    /**
     * Starts a timer.
     *
     * @param connection whose it is; 0 for {@link Timer#RETRY}
     */
    record Schedule(Timer timer, long connection, long delayNanos) implements Action {}

    /** Stops all timers of a connection. */
    record CancelTimers(long connection) implements Action {}

    record TellConnected(long connection, long atNanos) implements Action {}

    record TellDisconnected(long connection, long atNanos, String cause) implements Action {}

    record TellGap(long fromNanos, long toNanos, String cause) implements Action {}

    record TellClockJumped(long fromNanos, long toNanos) implements Action {}

    record TellChanged() implements Action {}
}
