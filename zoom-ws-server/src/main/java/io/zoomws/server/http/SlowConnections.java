package io.zoomws.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * Cuts connections that bring no whole request header for long, although a byte comes now and then, which the idle time of a
 * connection never notices: there is a limited number of them, and others wait. Any thread.
 */
final class SlowConnections implements Connection.Listener {

    /** Stands for a connection whose request is being answered, which may take as long as it likes. */
    private static final long BUSY = Long.MIN_VALUE;

    private final Map<Connection, Long> waitingSince = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final long longestNanos;

    /**
     * None yet.
     *
     * @param longestNanos how long a connection may wait for a request
     */
    SlowConnections(LongSupplier nanoTime, long longestNanos) {
        this.nanoTime = nanoTime;
        this.longestNanos = longestNanos;
    }

    @Override
    public void onOpened(Connection connection) {
        // TLS has connections of its own below these, which know nothing of requests.
        if (connection instanceof ConnectionMetaData) {
            waitingSince.put(connection, nanoTime.getAsLong());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waitingSince.remove(connection);
    }

    /** A whole header has come. */
    void begun(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        waitingSince.computeIfPresent(connection, (open, since) -> BUSY);
        Request.addCompletionListener(
                request, failure -> waitingSince.computeIfPresent(connection, (open, since) -> nanoTime.getAsLong()));
    }

    /** Cuts those that have waited for too long. */
    void sweep() {
        long now = nanoTime.getAsLong();
        waitingSince.forEach((connection, since) -> {
            if (since != BUSY && now - since >= longestNanos) {
                connection.getEndPoint().close();
            }
        });
    }
}
