package io.zoomws.simulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The frames that Zoom sends, as captured. */
final class Frames {

    static final String ACCEPTED =
            "{\"module\":\"build_connection\",\"success\":true,\"content\":\"ok\",\"header\":{}}";
    static final String HEARTBEAT_ANSWER =
            "{\"module\":\"heartbeat\",\"success\":true,\"content\":\"live\",\"header\":{}}";

    /** Seen by one user when a second client connected; in which shape is not known. */
    static final String KICK_TEXT = "Connected in another place";

    static final String TOKEN_EMPTY = "token is empty";

    /** Since 2025; before, it was "Invalid Token", and a library that compared the text broke. */
    static final String TOKEN_INVALID = "Token is invalid";

    private Frames() {}

    static String refused(String text) {
        return "{\"module\":\"build_connection\",\"success\":false,\"content\":\"" + quoted(text) + "\",\"header\":{}}";
    }

    /** An event as Zoom sends it: JSON inside a JSON string. */
    static String message(String event) {
        return "{\"module\":\"message\",\"content\":\"" + quoted(event) + "\",\"header\":{}}";
    }

    /** An event as Zoom was never seen to send it, to test a client's tolerance. */
    static String messageWithObject(String event) {
        return "{\"module\":\"message\",\"content\":" + event + ",\"header\":{}}";
    }

    /** What stands between the quotes of a JSON string. */
    static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
