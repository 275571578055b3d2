package io.zoomws.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A port that is ours before anything answers on it, so that a server whose port is taken ends before it has touched a journal
 * or a connection. Who connects early waits.
 */
public final class HttpPort implements AutoCloseable {

    private static final int BACKLOG = 64;

    private final ServerSocketChannel channel;
    private final InetAddress address;
    private final int number;

    private HttpPort(ServerSocketChannel channel, InetAddress address, int number) {
        this.channel = channel;
        this.address = address;
        this.number = number;
    }

    /**
     * Takes a port.
     *
     * @param address of this machine
     * @param number 0: any free one
     * @return the port
     * @throws HttpServerException if it cannot be had
     */
    public static HttpPort take(InetAddress address, int number) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(address, number), BACKLOG);
            int taken = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new HttpPort(channel, address, taken);
        } catch (IOException e) {
            close(channel);
            String where = "port " + number + " of " + address.getHostAddress();
            throw new HttpServerException(
                    isTaken(e)
                            ? where + " is taken, perhaps by another zoom-ws"
                            : "cannot listen on " + where + " (" + e.getMessage() + ")",
                    "set zoomws.http.port to another, to 0 for any free one, or zoomws.http.enabled to false",
                    e);
        }
    }

    private static boolean isTaken(IOException e) {
        return e instanceof BindException && String.valueOf(e.getMessage()).contains("in use");
    }

    private static void close(@Nullable ServerSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a port cannot be let go of", e);
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    InetAddress address() {
        return address;
    }

    int number() {
        return number;
    }

    /** Lets go of the port. A second call does nothing, nor does one after the server that uses it was closed. */
    @Override
    public void close() {
        close(channel);
    }
}
