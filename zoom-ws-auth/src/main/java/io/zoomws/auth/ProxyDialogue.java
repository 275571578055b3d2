package io.zoomws.auth;

import java.util.Locale;

/**
 * The talk with a proxy that ends in a tunnel: bytes in, bytes out, no I/O, so that sockets that block and event loops speak
 * by the same book. For one connection and one thread.
 *
 * <p>The proxy is told host and port, as text if the host is a name: it does the look-up.
 */
public sealed interface ProxyDialogue permits ConnectDialogue, Socks5Dialogue {

    /**
     * A talk that has not begun.
     *
     * @param proxy with whom
     * @param host where to, IPv6 in brackets
     * @param port where to
     * @return the dialogue
     */
    static ProxyDialogue with(Proxy proxy, String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return switch (proxy.kind()) {
            case HTTP -> new ConnectDialogue(proxy, name, port);
            case SOCKS5 -> new Socks5Dialogue(proxy, name, port);
        };
    }

    /**
     * What the client says first.
     *
     * @return bytes to send once connected
     */
    byte[] greeting();

    /**
     * Takes the next byte of the proxy's; one at a time, because what comes after its last belongs to the other end.
     *
     * @param next 0 to 255
     * @return bytes to send now, mostly none
     * @throws ProxyException if there will be no tunnel
     */
    byte[] receive(int next) throws ProxyException;

    /**
     * Whether the tunnel is open: all further bytes are the other end's.
     *
     * @return true once and for all
     */
    boolean isOpen();
}
