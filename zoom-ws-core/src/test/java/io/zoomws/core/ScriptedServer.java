package io.zoomws.core;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A WebSocket server on plain sockets that follows a script for each connection; the last one serves all further ones. */
final class ScriptedServer implements AutoCloseable {

    static final String CONFIRMED =
            "{\"module\":\"build_connection\",\"success\":true,\"content\":\"ok\",\"header\":{}}";
    static final String ALIVE = "{\"module\":\"heartbeat\",\"success\":true,\"content\":\"live\",\"header\":{}}";

    /** What to do with one connection; when it returns the connection is closed. */
    @FunctionalInterface
    interface Script {
        void run(Peer peer) throws Exception;
    }

    private final ServerSocket server;
    private final Queue<Script> scripts;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    ScriptedServer(Script... scripts) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), scripts);
    }

    ScriptedServer(ServerSocket server, Script... scripts) {
        this.server = server;
        this.scripts = new ArrayDeque<>(List.of(scripts));
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws");
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Script script = scripts.size() > 1 ? scripts.remove() : scripts.element();
                daemon(() -> serve(socket, script));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            script.run(new Peer(socket));
        } catch (Exception e) {
            // The client has gone, or the test is over: what matters is asserted at the client.
            sockets.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** A frame from the client, unmasked. */
    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /** The server's end of one connection. */
    final class Peer {
        private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
        final Socket socket;
        private final DataInputStream in;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
        }

        String readRequest() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                head.write(in.readByte());
            }
            String request = head.toString(StandardCharsets.US_ASCII);
            requests.add(request);
            return request;
        }

        Peer upgrade() throws Exception {
            return upgrade(new byte[0]);
        }

        /** Writes the answer and more behind it in one piece. */
        Peer upgrade(byte[] more) throws Exception {
            Matcher key = KEY.matcher(readRequest());
            if (!key.find()) {
                throw new IOException("no key");
            }
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            answer.writeBytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            answer.writeBytes(more);
            return write(answer.toByteArray());
        }

        Peer confirm() throws Exception {
            return upgrade().text(CONFIRMED);
        }

        Peer write(String text) throws IOException {
            return write(text.getBytes(StandardCharsets.UTF_8));
        }

        Peer write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            return this;
        }

        Peer text(String text) throws IOException {
            return write(Wire.frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
        }

        Peer closeFrame(int code, String reason) throws IOException {
            return write(Wire.close(code, reason));
        }

        Frame read() throws IOException {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < length; i++) {
                payload[i] ^= mask[i % 4];
            }
            return new Frame(first & 0x0f, payload);
        }

        /** Answers heartbeats until the client goes. */
        void answerHeartbeats() throws IOException {
            while (true) {
                Frame frame = read();
                if (frame.opcode() == 8) {
                    write(Wire.frame(0x88, frame.payload()));
                    return;
                }
                if (frame.opcode() == 1) {
                    text(ALIVE);
                }
            }
        }
    }
}
