package io.zoomws.core;

/** Why a connection, or a try to have one, ended: the kinds that are told apart by what happens next. */
public enum ReconnectCause {
    /** No token could be had, for a reason that may pass by itself. */
    TOKEN,
    /** The token endpoint refused the client id, its secret or the account id: somebody has to correct them. */
    CREDENTIALS,
    /** The socket could not be opened, or Zoom did not confirm it in time. */
    NOT_OPENED,
    /** Zoom refused the token or the subscription. */
    REFUSED,
    /** A ready connection was closed or broke. */
    DROPPED,
    /** Nothing came any more. */
    DEAD_LINK,
    /** Frames came, but heartbeats went unanswered. */
    UNANSWERED,
    /** A newer connection of our own took over, or was asked for. */
    RENEWED,
    /** Whoever takes the frames could not take any. */
    HELD,
    /** Zoom said that the subscription is connected elsewhere. */
    KICKED,
    /** Ready connections were closed so often without a word that a rival is suspected. */
    RIVAL
}
