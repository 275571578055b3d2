package io.zoomws.systemtests;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Zoom's two endpoints written once more, byte by byte on plain sockets: what the system tests believe. It shares nothing
 * with the client and nothing with the simulator, so that neither can be right merely by agreeing with itself.
 */
final class WireZoom implements AutoCloseable {

    static final String CLIENT_ID = "wire-client";
    static final String CLIENT_SECRET = "canary-client-secret-2f9c";
    static final String SUBSCRIPTION_ID = "wIreSubscription-22-ch";
    static final String TOKEN_CANARY = "canary-access-token-7d1e";

    private final ServerSocket listener;
    private final BlockingQueue<WireConnection> ready = new LinkedBlockingQueue<>();
    private final Map<Integer, WireConnection> open = new ConcurrentHashMap<>();
    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Function<String, Reply> tokenEndpoint = WireZoom::token;
    private volatile boolean accepting = true;

    /** An HTTP answer of the token endpoint. */
    record Reply(int status, String body, String... headers) {}

    private WireZoom(ServerSocket listener) {
        this.listener = listener;
    }

    static WireZoom start() throws IOException {
        WireZoom zoom = new WireZoom(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon("wire-zoom-accept", zoom::acceptAll);
        return zoom;
    }

    URI tokenUrl() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/oauth/token");
    }

    URI webSocketUrl() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/ws");
    }

    /** The next connection whose HTTP upgrade succeeded; nothing has been sent on it yet. */
    WireConnection nextConnection() throws InterruptedException {
        WireConnection connection = ready.poll(60, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("no WebSocket connection within 60 s");
        }
        return connection;
    }

    /** What the token endpoint answers from now on to a request's text. */
    void onToken(Function<String, Reply> endpoint) {
        tokenEndpoint = endpoint;
    }

    List<String> tokenRequests() {
        return tokenRequests;
    }

    /** Whether new connections are upgraded; if not, they are closed without an answer. */
    void accepting(boolean yes) {
        accepting = yes;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (WireConnection connection : open.values()) {
            connection.reset();
        }
    }

    static Reply token(String request) {
        String token = TOKEN_CANARY + "." + "x".repeat(600);
        return new Reply(
                200,
                "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":3599,"
                        + "\"api_url\":\"https://api-us.zoom.us\"}");
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                daemon("wire-zoom-" + socket.getPort(), () -> serve(socket));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                List<String> head = readHead(in);
                if (head.isEmpty()) {
                    return;
                }
                if (head.get(0).startsWith("POST /oauth/token")) {
                    answerToken(socket.getOutputStream(), head, in);
                } else if (!accepting || !head.get(0).startsWith("GET /ws?")) {
                    return;
                } else {
                    upgrade(socket, head, in);
                    return;
                }
            }
        } catch (IOException disconnected) {
            // The other side may go at any time; tests look at what it did before.
        }
    }

    private void answerToken(OutputStream out, List<String> head, InputStream in) throws IOException {
        String length = header(head, "content-length");
        String body =
                new String(in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)), StandardCharsets.UTF_8);
        String request = String.join("\n", head) + "\n\n" + body;
        tokenRequests.add(request);
        Reply reply = tokenEndpoint.apply(request);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + reply.status()
                + " X\r\nContent-Type: application/json\r\n" + "Content-Length: " + bytes.length + "\r\n");
        for (String header : reply.headers()) {
            answer.append(header).append("\r\n");
        }
        out.write(answer.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    private void upgrade(Socket socket, List<String> head, InputStream in) throws IOException {
        String accept = acceptKey(header(head, "sec-websocket-key"));
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        WireConnection connection = new WireConnection(connections.incrementAndGet(), head.get(0), socket);
        open.put(connection.number(), connection);
        ready.add(connection);
        connection.readUntilClosed(in);
    }

    private static List<String> readHead(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (b != '\r') {
                line.append((char) b);
            }
        }
        if (!lines.isEmpty()) {
            throw new EOFException();
        }
        return lines;
    }

    private static String header(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String acceptKey(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
