package io.zoomws.server.control;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests about one subscription. One thread takes connections; each is served by a thread of its own, so that a
 * client that is slow or silent, and a request that takes long, keep nobody.
 */
public final class ControlServer implements AutoCloseable {

    static final int VERSION = 1;

    /** A request is a few names and numbers. */
    static final int LONGEST_REQUEST_BYTES = 16 * 1024;

    static final int LONGEST_ANSWER_BYTES = 4 * 1024 * 1024;

    /** More are refused: each is a thread, and an operator is one. */
    static final int MOST_CONNECTIONS = 16;

    /** How long a client may take over its request, and over each line of its answer. */
    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(5);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

    private final String subscription;
    private final ControlSocket socket;
    private final Map<String, ControlHandler> handlers;
    private final Duration patience;
    private final Set<ControlConnection> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;

    private ControlServer(
            String subscription, ControlSocket socket, Map<String, ControlHandler> handlers, Duration patience) {
        this.subscription = subscription;
        this.socket = socket;
        this.handlers = Map.copyOf(handlers);
        this.patience = patience;
        this.thread = new Thread(this::accept, "control " + subscription);
        thread.setDaemon(true);
    }

    /**
     * Opens the socket and answers from now on. To be called by the holder of the journal's lock, as the socket of another server
     * would be replaced.
     *
     * @param folder of the subscription in the data directory
     * @param subscription its name, for the threads
     * @param handlers what answers, by the name of the request
     * @return the running server
     * @throws IOException if there can be no socket
     */
    public static ControlServer start(Path folder, String subscription, Map<String, ControlHandler> handlers)
            throws IOException {
        return start(folder, subscription, handlers, CLIENT_PATIENCE);
    }

    static ControlServer start(
            Path folder, String subscription, Map<String, ControlHandler> handlers, Duration patience)
            throws IOException {
        List<Path> temporaries = List.of(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), Path.of("/tmp"));
        try {
            ControlServer server =
                    new ControlServer(subscription, ControlSocket.open(folder, temporaries), handlers, patience);
            server.thread.start();
            return server;
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system has no Unix domain sockets", e);
        }
    }

    private void accept() {
        long number = 0;
        while (ending.getCount() > 0) {
            try {
                number++;
                serve(socket.channel().accept(), number);
            } catch (ClosedChannelException e) {
                return; // as close() does
            } catch (IOException e) {
                log.error("no command can connect for a moment: {}", e.toString());
                if (pause()) {
                    return;
                }
            }
        }
    }

    private void serve(SocketChannel client, long number) throws IOException {
        LineChannel lines = LineChannel.of(client);
        if (connections.size() >= MOST_CONNECTIONS) {
            try (lines) {
                // Fits into the empty buffer of a new connection, and so waits for nobody.
                lines.writeLine(
                        ControlJson.line(Map.of("error", "the server is busy with " + MOST_CONNECTIONS + " requests")),
                        Duration.ZERO);
            }
            return;
        }
        ControlConnection connection = new ControlConnection(lines, handlers, patience);
        connections.add(connection);
        Thread worker = new Thread(
                () -> {
                    try {
                        connection.serve();
                    } finally {
                        connections.remove(connection);
                    }
                },
                "control " + subscription + " request " + number);
        worker.setDaemon(true);
        worker.start();
    }

    /** Files or memory may have run out: it is tried again, but not in a circle. */
    private boolean pause() {
        try {
            return ending.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false; // nobody interrupts this thread
        }
    }

    /** Takes no more requests, and cuts off who waits for a result; what was begun is not broken off. */
    @Override
    public void close() throws IOException {
        ending.countDown();
        socket.close();
        connections.forEach(ControlConnection::cut);
    }
}
