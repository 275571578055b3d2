package io.zoomws.auth;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The way to a host on a plain socket, in three steps: TCP, to the proxy if there is one; the proxy's tunnel; TLS. Each step
 * blocks, and is called back by closing the socket.
 */
final class SocketWay {

    private final Optional<Proxy> proxy;
    private final SSLContext tls;
    private final String host;
    private final int port;
    private final Duration timeLimit;

    /**
     * A way that has not been gone.
     *
     * @param host as in a URL, IPv6 in brackets
     * @param timeLimit for the first step
     */
    SocketWay(Transport transport, String host, int port, Duration timeLimit) {
        this.proxy = transport.proxy();
        this.tls = Tls.context(transport);
        this.host = host;
        this.port = port;
        this.timeLimit = timeLimit;
    }

    /** Connects to the proxy, or to the host. */
    void connect(Socket socket) throws IOException {
        int millis = (int) Math.min(Integer.MAX_VALUE, timeLimit.toMillis());
        socket.setTcpNoDelay(true);
        if (proxy.isPresent()) {
            connectToProxy(socket, proxy.get(), millis);
            return;
        }
        InetSocketAddress address = new InetSocketAddress(hostName(), port);
        if (address.isUnresolved()) {
            throw new UnknownHostException();
        }
        socket.connect(address, millis);
    }

    private static void connectToProxy(Socket socket, Proxy proxy, int millis) throws IOException {
        InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
        if (address.isUnresolved()) {
            throw ProxyException.unknownHost(proxy);
        }
        try {
            socket.connect(address, millis);
        } catch (ConnectException | NoRouteToHostException | SocketTimeoutException e) {
            throw ProxyException.unreachable(proxy);
        }
    }

    /** Has the proxy open its tunnel; does nothing without a proxy. */
    void openTunnel(Socket socket) throws IOException {
        if (proxy.isEmpty()) {
            return;
        }
        ProxyDialogue dialogue = ProxyDialogue.with(proxy.get(), host, port);
        try {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(dialogue.greeting());
            while (!dialogue.isOpen()) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                out.write(dialogue.receive(next));
            }
        } catch (ProxyException e) {
            throw e;
        } catch (IOException e) {
            throw ProxyException.brokenOff(proxy.get());
        }
    }

    /** Shakes hands, and verifies chain and host name. */
    SSLSocket encrypt(Socket socket) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, hostName(), port, true);
        SSLParameters parameters = Tls.parameters();
        parameters.setServerNames(encrypted.getSSLParameters().getServerNames());
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private String hostName() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
