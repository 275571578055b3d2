package io.zoomws.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request was meant for this server. A page from elsewhere can make a browser send requests here by letting its own
 * name point to 127.0.0.1 (DNS rebinding); it cannot make the browser leave that name out of the header Host.
 */
final class HostCheck {

    private static final Pattern LOOPBACK = Pattern.compile(
            "(?:localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(?::(\\d{1,5}))?", Pattern.CASE_INSENSITIVE);

    private static final int STANDARD_PORT = 80;

    private HostCheck() {}

    /** Whether the header names this machine by a loopback name and our port. */
    static boolean isLoopback(@Nullable String host, int port) {
        if (host == null) {
            return false;
        }
        Matcher matcher = LOOPBACK.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        String named = matcher.group(1);
        return port == (named == null ? STANDARD_PORT : Integer.parseInt(named));
    }
}
