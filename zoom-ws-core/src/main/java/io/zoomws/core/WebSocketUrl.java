package io.zoomws.core;

import io.zoomws.auth.AccessToken;
import io.zoomws.auth.Proxy;
import io.zoomws.auth.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a WebSocket URL apart and puts it together. Zoom reads the token from the query and from nowhere else, so the
 * complete URL is a secret: {@link #withToken} builds it for one request and it is never kept.
 */
final class WebSocketUrl {

    private static final String SUBSCRIPTION = "subscriptionId";
    private static final String TOKEN = "access_token";
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|\\[(::|(0:){7})1]|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private WebSocketUrl() {}

    static URI withoutSecrets(URI url) {
        String query = parameters(url)
                .filter(parameter -> !isNamed(parameter, SUBSCRIPTION) && !isNamed(parameter, TOKEN))
                .collect(Collectors.joining("&"));
        if (url.getScheme() == null || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "The websocket-url must be an absolute URL without user name, such as wss://ws.zoom.us/ws");
        }
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return URI.create(url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getRawAuthority() + path
                + (query.isEmpty() ? "" : "?" + query));
    }

    static void requireAllowed(URI url, boolean allowInsecure, Transport transport) {
        boolean plain = url.getScheme().equals("ws");
        if (!plain && !url.getScheme().equals("wss")) {
            throw new IllegalArgumentException(
                    "The websocket-url must begin with wss://, not with " + url.getScheme() + "://");
        }
        if (plain && !allowInsecure && !isLoopback(url.getHost())) {
            throw new IllegalArgumentException(
                    "The websocket-url must begin with wss:// because the token is part of it;"
                            + " ws:// is accepted to 127.0.0.1, [::1] and localhost only, unless insecure connections are allowed");
        }
        if (plain && !allowInsecure && !transport.keepsLoopbackLocal()) {
            throw new IllegalArgumentException(
                    "The websocket-url must begin with wss:// because the token would travel in the clear to the proxy;"
                            + " ws:// is accepted with a proxy on this machine only, unless insecure connections are allowed");
        }
    }

    static void requireId(String subscriptionId) {
        if (subscriptionId.isBlank() || subscriptionId.chars().anyMatch(c -> c <= 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "The subscription id is missing or has blanks in it: copy it from the app's"
                            + " page in the Zoom Marketplace, or paste the whole wss:// URL");
        }
    }

    static String subscriptionId(URI url) {
        return parameters(url)
                .filter(parameter -> isNamed(parameter, SUBSCRIPTION))
                .map(WebSocketUrl::value)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The URL of the subscription holds no subscriptionId: paste it"
                                        + " as the Marketplace page shows it, such as wss://ws.zoom.us/ws?subscriptionId=Ab12Cd"));
    }

    /** The whole URL, token included. */
    static URI withToken(ConnectionSettings settings, AccessToken token) {
        URI url = settings.webSocketUrl();
        List<String> query = Stream.concat(
                        parameters(url),
                        Stream.of(
                                SUBSCRIPTION + "=" + encode(settings.subscriptionId()),
                                TOKEN + "=" + encode(token.reveal())))
                .toList();
        return URI.create(
                url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath() + "?" + String.join("&", query));
    }

    static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return url.getScheme().equals("wss") ? 443 : 80;
    }

    /** Where the socket goes: the proxy if there is one. Not looked up. */
    static InetSocketAddress firstHop(ConnectionSettings settings) {
        URI url = settings.webSocketUrl();
        return settings.transport()
                .proxy()
                .map(Proxy::address)
                .orElseGet(() -> InetSocketAddress.createUnresolved(url.getHost(), port(url)));
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static Stream<String> parameters(URI url) {
        return Optional.ofNullable(url.getRawQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&", -1)))
                .filter(parameter -> !parameter.isEmpty());
    }

    private static boolean isNamed(String parameter, String name) {
        int equals = parameter.indexOf('=');
        return decode(equals < 0 ? parameter : parameter.substring(0, equals)).equalsIgnoreCase(name);
    }

    private static String value(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? "" : decode(parameter.substring(equals + 1));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
