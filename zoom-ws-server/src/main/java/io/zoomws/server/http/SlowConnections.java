package io.zoomws.server.http;

import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * Cuts connections that bring no whole request header for long, although a byte comes now and then, which the idle time of a
 * connection never notices: there is a limited number of them, and others wait. A request that is being answered may take as long
 * as it likes. Any thread.
 */
final class SlowConnections implements Connection.Listener {

    private final Waiting<Connection> waiting;

    /**
     * None yet.
     *
     * @param longestNanos how long a connection may wait for a request
     */
    SlowConnections(LongSupplier nanoTime, long longestNanos) {
        this.waiting = new Waiting<>(
                nanoTime, longestNanos, connection -> connection.getEndPoint().close());
    }

    @Override
    public void onOpened(Connection connection) {
        // TLS has connections of its own below these, which know nothing of requests.
        if (connection instanceof ConnectionMetaData) {
            waiting.add(connection);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    /** A whole header has come. */
    void begun(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        waiting.busy(connection);
        Request.addCompletionListener(request, failure -> waiting.idle(connection));
    }

    void sweep() {
        waiting.sweep();
    }
}
