package io.zoomws.core;

/** What happens when the token of a ready connection nears its end, or a new connection is wanted for another reason. */
public enum Renewal {
    /**
     * A second connection is opened and ready before the first is let go, so that no event is lost. That Zoom keeps the
     * newest of two connections was observed by several users and is documented nowhere.
     */
    MAKE_BEFORE_BREAK,
    /** The connection is used until Zoom closes it; what happens until the next one is ready is a gap. */
    ON_CLOSE
}
