package io.zoomws.server.gaps;

import java.util.Locale;

/**
 * What kind of cause a gap has. The cause itself is a phrase that may hold whatever Zoom said; a metric needs few and fixed
 * names. A phrase that is not known is {@link #OTHER}.
 */
public enum GapCategory {
    /** The server was stopped in order and started again. */
    RESTART,
    /** The server was killed, or its machine was. */
    CRASH,
    /** Zoom closed the connection with a close frame. */
    CLOSED,
    /** The connection broke without a close frame. */
    DROPPED,
    /** Nothing came any more. */
    DEAD_LINK,
    /** Frames came, but no answers to heartbeats. */
    UNANSWERED,
    /** Zoom refused the token or the subscription. */
    REFUSED,
    /** Another process uses the subscription. */
    RIVAL,
    /** Our own renewal, where it cannot be shown that the old connection and the new one overlapped. */
    RENEWAL,
    /** The disk was full, or failed, so that nothing could be stored. */
    DISK,
    /** The journal could not take what came. */
    JOURNAL,
    /** Anything else. */
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The category of a cause.
     *
     * @param cause as the gap states it
     * @return the category, {@link #OTHER} for a phrase that is not known
     */
    public static GapCategory of(String cause) {
        String text = cause.toLowerCase(Locale.ROOT);
        if (text.equals("restart") || text.equals("stopped")) {
            return RESTART;
        }
        if (text.equals("crash")) {
            return CRASH;
        }
        // Before whatever else it says: "renewal: dropped without a close frame".
        if (text.startsWith("renewal: ")) {
            return RENEWAL;
        }
        // Before the close that may carry it: "closed by Zoom (1000 Bye), again and again: another process …".
        if (text.contains("another process") || text.contains("another place")) {
            return RIVAL;
        }
        if (text.startsWith("disk: ")) {
            return DISK;
        }
        if (text.startsWith("closed by zoom")) {
            return CLOSED;
        }
        if (text.startsWith("dead link")) {
            return DEAD_LINK;
        }
        if (text.contains("unanswered")) {
            return UNANSWERED;
        }
        if (text.startsWith("refused")) {
            return REFUSED;
        }
        if (text.startsWith("dropped")
                || text.startsWith("connection reset")
                || text.startsWith("tls failed")
                || text.startsWith("protocol violation")) {
            return DROPPED;
        }
        return text.equals("a frame could not be stored") || text.contains("journal") || text.contains("disk")
                ? JOURNAL
                : OTHER;
    }

    /**
     * The name as command line, API and metrics print it.
     *
     * @return lower case, for example {@code dead_link}
     */
    public String label() {
        return label;
    }
}
