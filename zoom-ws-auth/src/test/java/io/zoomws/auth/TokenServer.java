package io.zoomws.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A token endpoint on plain sockets, so that it can also drip, reset and never end. One request per connection. */
final class TokenServer implements AutoCloseable {

    /** How to answer a request that was read. */
    @FunctionalInterface
    interface Answer {
        void write(Socket socket, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final Thread acceptor;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile Answer answer;

    TokenServer(Answer answer) throws IOException {
        this(answer, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    TokenServer(Answer answer, ServerSocket server) {
        this.answer = answer;
        this.server = server;
        this.acceptor = daemon(this::accept);
    }

    static Answer of(int status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return (socket, out) -> {
            out.write(("HTTP/1.1 " + status + " Some\r\nConnection: close\r\nContent-Length: " + bytes.length + "\r\n"
                            + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
        };
    }

    void answer(Answer next) {
        answer = next;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/oauth/token");
    }

    ServerSocket serverSocket() {
        return server;
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "token-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread unused = daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            requests.add(read(socket.getInputStream()));
            answer.write(socket, socket.getOutputStream());
        } catch (Exception e) {
            // The client has gone, which is what some tests are about.
            sockets.remove(socket);
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        int length = Integer.parseInt(text.replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
        return text + new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    }

    /** The port is free only when nobody waits at it any more: until then it still takes connections. */
    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        acceptor.join();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
