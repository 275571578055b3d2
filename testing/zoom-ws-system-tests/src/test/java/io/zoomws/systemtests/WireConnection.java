package io.zoomws.systemtests;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One upgraded connection of {@link WireZoom}: writes RFC 6455 frames by hand and keeps a ledger of what it wrote. */
final class WireConnection {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final String HEARTBEAT_ANSWER =
            "{\"module\":\"heartbeat\",\"success\":true,\"content\":\"live\",\"header\":{}}";

    /** A message that was written whole, and when its last byte had been handed to the kernel. */
    record Written(int connection, byte[] payload, Instant at) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private final int number;
    private final String requestLine;
    private final Socket socket;
    private final OutputStream out;
    private final List<Written> ledger = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean answersHeartbeats = true;
    private volatile int closeCode = -1;

    WireConnection(int number, String requestLine, Socket socket) throws IOException {
        this.number = number;
        this.requestLine = requestLine;
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    int number() {
        return number;
    }

    String requestLine() {
        return requestLine;
    }

    /** Every data message written so far, in order. */
    List<Written> ledger() {
        return ledger;
    }

    /** Every text message of the client, in order. */
    List<String> received() {
        return received;
    }

    void answersHeartbeats(boolean yes) {
        answersHeartbeats = yes;
    }

    WireConnection accept() throws IOException {
        return text("{\"module\":\"build_connection\",\"success\":true,\"content\":\"ok\",\"header\":{}}");
    }

    /** As Zoom refuses: a frame, then 1000 "Bye". */
    void refuse(String why) throws IOException {
        text("{\"module\":\"build_connection\",\"success\":false,\"content\":\"" + why + "\",\"header\":{}}");
        close(1000, "Bye");
    }

    WireConnection text(String text) throws IOException {
        return message(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    WireConnection message(int opcode, byte[] payload) throws IOException {
        synchronized (out) {
            frame(opcode, true, payload);
            wrote(payload);
        }
        return this;
    }

    /** One message in frames of at most {@code size} bytes, with a ping between every two. */
    WireConnection fragmented(int opcode, byte[] payload, int size) throws IOException {
        synchronized (out) {
            for (int from = 0; from < payload.length; from += size) {
                int to = Math.min(payload.length, from + size);
                byte[] part = java.util.Arrays.copyOfRange(payload, from, to);
                frame(from == 0 ? opcode : CONTINUATION, to == payload.length, part);
                if (to < payload.length) {
                    frame(PING, true, new byte[] {1, 2, 3});
                }
            }
            wrote(payload);
        }
        return this;
    }

    void close(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            frame(
                    CLOSE,
                    true,
                    ByteBuffer.allocate(2 + text.length)
                            .putShort((short) code)
                            .put(text)
                            .array());
        }
    }

    /** Ends the TCP connection in order (FIN), without a close frame: what was written before still arrives. */
    void drop() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the TCP connection with RST. */
    void reset() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Waits until the client's side has ended. @return the code of its close frame, or -1 if it sent none */
    int awaitClosed() throws InterruptedException {
        if (!closed.await(180, TimeUnit.SECONDS)) {
            throw new AssertionError("connection " + number + " is still open after 180 s");
        }
        return closeCode;
    }

    void readUntilClosed(InputStream stream) throws IOException {
        try {
            DataInputStream in = new DataInputStream(stream);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            while (true) {
                int first = in.readUnsignedByte();
                message.write(readMasked(in));
                if ((first & 0x80) != 0) {
                    received(first & 0x0f, message.toByteArray());
                    message.reset();
                }
            }
        } finally {
            closed.countDown();
        }
    }

    private void received(int opcode, byte[] payload) throws IOException {
        if (opcode == CLOSE) {
            closeCode = payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
            synchronized (out) {
                frame(CLOSE, true, payload);
            }
        } else if (opcode == PING) {
            synchronized (out) {
                frame(PONG, true, payload);
            }
        } else if (opcode == TEXT) {
            String text = new String(payload, StandardCharsets.UTF_8);
            received.add(text);
            if (answersHeartbeats && text.contains("\"heartbeat\"")) {
                // Not here: what is being written may wait for the client, and what the client sends is read all the
                // same.
                Thread answer = new Thread(this::answerHeartbeat, "wire-zoom-heartbeat");
                answer.setDaemon(true);
                answer.start();
            }
        }
    }

    private void answerHeartbeat() {
        try {
            text(HEARTBEAT_ANSWER);
        } catch (IOException gone) {
            // The client has ended; tests look at what it did before.
        }
    }

    private static byte[] readMasked(DataInputStream in) throws IOException {
        int second = in.readUnsignedByte();
        if ((second & 0x80) == 0) {
            throw new IOException("a client must mask its frames");
        }
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(Math.toIntExact(length));
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private void frame(int opcode, boolean last, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(10 + payload.length);
        frame.put((byte) ((last ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload);
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    private void wrote(byte[] payload) {
        ledger.add(new Written(number, payload, Instant.now()));
    }
}
