package io.zoomws.server.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request was meant for this server. A page from elsewhere can make a browser send requests here by letting its own
 * name point to our address (DNS rebinding); it cannot make the browser leave that name out of the header Host. So a request must
 * name what only we can be called: a loopback name, an address instead of a name if others can reach us, or a name that is known
 * to be ours, whose port may be that of a proxy.
 */
final class HostCheck {

    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-f:.]{2,45}]|[a-z0-9._-]{1,253})(?::(\\d{1,5}))?", Pattern.CASE_INSENSITIVE);

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[.+]");
    private static final String ANY_LABEL = "*.";

    private final int port;
    private final int standardPort;
    private final boolean addresses;
    private final Set<String> names;

    /**
     * A check.
     *
     * @param port where requests come in
     * @param secure whether they come over TLS
     * @param addresses whether an address will do that is no loopback address
     * @param names that are ours; one that begins with a star stands for any first label
     */
    HostCheck(int port, boolean secure, boolean addresses, Collection<String> names) {
        this.port = port;
        this.standardPort = secure ? 443 : 80;
        this.addresses = addresses;
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** Whether the header names us. */
    boolean allows(@Nullable String host) {
        Matcher matcher = HOST.matcher(host == null ? "" : host);
        if (!matcher.matches()) {
            return false;
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        if (names.contains(name) || names.contains(ANY_LABEL + name.substring(name.indexOf('.') + 1))) {
            return true;
        }
        String named = matcher.group(2);
        boolean ours = LOOPBACK.matcher(name).matches()
                || (addresses && ADDRESS.matcher(name).matches());
        return ours && port == (named == null ? standardPort : Integer.parseInt(named));
    }
}
