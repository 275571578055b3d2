package io.zoomws.core;

import io.zoomws.auth.Transport;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * What a connection needs to know.
 *
 * @param webSocketUrl scheme, host, port, path and any query parameters of the user's own; a {@code subscriptionId} and an
 *     {@code access_token} in it are dropped
 * @param subscriptionId as the Marketplace shows it
 * @param heartbeat how often a heartbeat is sent
 * @param heartbeatTimeout a link is dead when nothing at all has come for so long past a heartbeat; shorter than
 *     {@code heartbeat}
 * @param handshakeTimeout for opening the socket, and again for Zoom's confirmation
 * @param maxFrameBytes a larger frame is described, not kept
 * @param allowInsecure whether {@code ws://} may leave this machine: token and events then travel in the clear
 * @param renewal what happens when the token of a ready connection nears its end
 * @param backOff when to try again
 * @param transport the way to Zoom: trusted certificates and proxy
 */
public record ConnectionSettings(
        URI webSocketUrl,
        String subscriptionId,
        Duration heartbeat,
        Duration heartbeatTimeout,
        Duration handshakeTimeout,
        int maxFrameBytes,
        boolean allowInsecure,
        Renewal renewal,
        BackOff backOff,
        Transport transport) {

    /** Where Zoom listens. */
    public static final URI ZOOM = URI.create("wss://ws.zoom.us/ws");

    /**
     * Refuses what cannot work or would travel in the clear.
     *
     * @throws IllegalArgumentException with the remedy; its text holds no query of the URL, where a token may be
     */
    public ConnectionSettings {
        webSocketUrl = WebSocketUrl.withoutSecrets(webSocketUrl);
        WebSocketUrl.requireAllowed(webSocketUrl, allowInsecure, transport);
        WebSocketUrl.requireId(subscriptionId);
        if (!isPositive(heartbeatTimeout) || heartbeatTimeout.compareTo(heartbeat) >= 0) {
            throw new IllegalArgumentException("heartbeat-timeout " + heartbeatTimeout.toMillis()
                    + " ms must be more than 0 and less than heartbeat, " + heartbeat.toMillis() + " ms");
        }
        if (!isPositive(handshakeTimeout)) {
            throw new IllegalArgumentException("The handshake timeout must be more than 0");
        }
        if (maxFrameBytes < 1024 || maxFrameBytes > 1 << 30) {
            throw new IllegalArgumentException(
                    "The frame limit " + maxFrameBytes + " bytes is not within 1024 and 1073741824");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    /**
     * Settings with all defaults.
     *
     * @param webSocketUrl for example {@link #ZOOM}
     * @param subscriptionId as the Marketplace shows it
     * @return heartbeat 25 s, dead after 10 s more, 15 s to connect, frames up to 16 MiB, make before break
     * @throws IllegalArgumentException as the constructor
     */
    public static ConnectionSettings of(URI webSocketUrl, String subscriptionId) {
        return of(webSocketUrl, subscriptionId, false);
    }

    private static ConnectionSettings of(URI webSocketUrl, String subscriptionId, boolean allowInsecure) {
        return new ConnectionSettings(
                webSocketUrl,
                subscriptionId,
                Duration.ofSeconds(25),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                16 * 1024 * 1024,
                allowInsecure,
                Renewal.MAKE_BEFORE_BREAK,
                BackOff.DEFAULT,
                Transport.DIRECT);
    }

    /**
     * Settings from what a user pasted: the whole URL as the Marketplace page shows it, or only the subscription id.
     *
     * @param urlOrId for example {@code wss://ws.zoom.us/ws?subscriptionId=Ab12Cd} or {@code Ab12Cd}
     * @param webSocketUrl used if only the id is given
     * @param allowInsecure see above
     * @return settings with all defaults
     * @throws IllegalArgumentException as the constructor, or if the URL is none or names no subscription
     */
    public static ConnectionSettings parse(String urlOrId, URI webSocketUrl, boolean allowInsecure) {
        String text = urlOrId.strip();
        if (!text.contains("://")) {
            return of(webSocketUrl, text, allowInsecure);
        }
        try {
            URI url = new URI(text);
            return of(url, WebSocketUrl.subscriptionId(url), allowInsecure);
        } catch (URISyntaxException e) {
            // Without the cause: it quotes the URL, in which users paste tokens.
            throw new IllegalArgumentException(
                    "The URL of the subscription cannot be read: paste it as the Marketplace page"
                            + " shows it, such as wss://ws.zoom.us/ws?subscriptionId=Ab12Cd");
        }
    }

    /**
     * The same with another heartbeat.
     *
     * @param interval see {@link #heartbeat()}
     * @param timeout see {@link #heartbeatTimeout()}
     * @return new settings
     */
    public ConnectionSettings withHeartbeat(Duration interval, Duration timeout) {
        return new ConnectionSettings(
                webSocketUrl,
                subscriptionId,
                interval,
                timeout,
                handshakeTimeout,
                maxFrameBytes,
                allowInsecure,
                renewal,
                backOff,
                transport);
    }

    /**
     * The same with another time limit for connecting.
     *
     * @param timeout see {@link #handshakeTimeout()}
     * @return new settings
     */
    public ConnectionSettings withHandshakeTimeout(Duration timeout) {
        return new ConnectionSettings(
                webSocketUrl,
                subscriptionId,
                heartbeat,
                heartbeatTimeout,
                timeout,
                maxFrameBytes,
                allowInsecure,
                renewal,
                backOff,
                transport);
    }

    /**
     * The same with another frame limit.
     *
     * @param bytes see {@link #maxFrameBytes()}
     * @return new settings
     */
    public ConnectionSettings withMaxFrameBytes(int bytes) {
        return new ConnectionSettings(
                webSocketUrl,
                subscriptionId,
                heartbeat,
                heartbeatTimeout,
                handshakeTimeout,
                bytes,
                allowInsecure,
                renewal,
                backOff,
                transport);
    }

    /**
     * The same with other delays.
     *
     * @param delays see {@link #backOff()}
     * @return new settings
     */
    public ConnectionSettings withBackOff(BackOff delays) {
        return new ConnectionSettings(
                webSocketUrl,
                subscriptionId,
                heartbeat,
                heartbeatTimeout,
                handshakeTimeout,
                maxFrameBytes,
                allowInsecure,
                renewal,
                delays,
                transport);
    }

    /**
     * The same by another way.
     *
     * @param way see {@link #transport()}
     * @return new settings
     * @throws IllegalArgumentException if the token would travel in the clear to a proxy elsewhere
     */
    public ConnectionSettings withTransport(Transport way) {
        return new ConnectionSettings(
                webSocketUrl,
                subscriptionId,
                heartbeat,
                heartbeatTimeout,
                handshakeTimeout,
                maxFrameBytes,
                allowInsecure,
                renewal,
                backOff,
                way);
    }

    /**
     * The same with another kind of renewal.
     *
     * @param kind see {@link #renewal()}
     * @return new settings
     */
    public ConnectionSettings withRenewal(Renewal kind) {
        return new ConnectionSettings(
                webSocketUrl,
                subscriptionId,
                heartbeat,
                heartbeatTimeout,
                handshakeTimeout,
                maxFrameBytes,
                allowInsecure,
                kind,
                backOff,
                transport);
    }
}
