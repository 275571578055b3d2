package io.zoomws.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code CONNECT} of HTTP. Credentials are sent at once, so that a proxy that closes after a 407 costs no second connection.
 */
final class ConnectDialogue implements ProxyDialogue {

    private static final byte[] NOTHING = {};
    private static final int LONGEST_ANSWER = 32 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

    private final Proxy proxy;
    private final String authority;
    private final StringBuilder line = new StringBuilder();
    private int length;
    private int status;
    private boolean open;

    ConnectDialogue(Proxy proxy, String host, int port) {
        this.proxy = proxy;
        this.authority = host + ":" + port;
    }

    @Override
    public byte[] greeting() {
        String authorization = proxy.credentials()
                .map(c -> (c.user() + ":" + c.password().reveal()).getBytes(StandardCharsets.UTF_8))
                .map(bytes ->
                        "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(bytes) + "\r\n")
                .orElse("");
        return ("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + authorization + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] receive(int next) throws ProxyException {
        length++;
        if (length > LONGEST_ANSWER) {
            throw ProxyException.noProxy(proxy);
        }
        if (next != '\n') {
            line.append((char) next);
            return NOTHING;
        }
        String text = line.toString().stripTrailing();
        line.setLength(0);
        if (status == 0) {
            Matcher matcher = STATUS_LINE.matcher(text);
            if (!matcher.matches()) {
                throw ProxyException.noProxy(proxy);
            }
            status = Integer.parseInt(matcher.group(1));
        } else if (text.isEmpty()) {
            answered();
        }
        return NOTHING;
    }

    private void answered() throws ProxyException {
        if (status >= 200 && status < 300) {
            open = true;
        } else if (status >= 200) {
            throw ProxyException.httpStatus(proxy, status);
        } else {
            status = 0; // informational: the answer is still to come
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
