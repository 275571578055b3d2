package io.zoomws.feed;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A Zoom that confirms one connection, answers its heartbeats, and writes numbered events to it at a rate, each in a frame of
 * about 700 bytes. Costs little beside what it feeds: the frames lie ready in a block, only the numbers are written anew.
 */
final class FloodServer implements AutoCloseable {

    private static final int FRAMES_IN_A_BLOCK = 100;
    private static final String HEAD =
            "{\"module\":\"message\",\"content\":\"{\\\"event\\\":\\\"flood.wave\\\",\\\"n\\\":\\\"";
    private static final int DIGITS = 12;
    private static final String REST =
            "\\\",\\\"payload\\\":{\\\"pad\\\":\\\"" + "x".repeat(580) + "\\\"}}\",\"header\":{}}";
    private static final byte[] ALIVE = frame("{\"module\":\"heartbeat\",\"success\":true,\"content\":\"live\"}");
    private static final byte[] CONFIRMED =
            frame("{\"module\":\"build_connection\",\"success\":true,\"content\":\"ok\"}");

    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ReentrantLock writing = new ReentrantLock();
    private final CompletableFuture<Long> elapsedNanos = new CompletableFuture<>();
    private final long events;
    private final long perSecond;

    /**
     * Listens.
     *
     * @param events how many, a multiple of 100
     */
    FloodServer(long events, long perSecond) throws IOException {
        this.events = events;
        this.perSecond = perSecond;
        daemon(this::serve);
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/ws");
    }

    /** How long it took until the last event was written, in nanoseconds. */
    CompletableFuture<Long> elapsedNanos() {
        return elapsedNanos;
    }

    /** The number in a frame. */
    static long number(byte[] frame) {
        long number = 0;
        for (int i = HEAD.length(); i < HEAD.length() + DIGITS; i++) {
            number = number * 10 + frame[i] - '0';
        }
        return number;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "flood-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try (Socket socket = listener.accept()) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            upgrade(in, out);
            daemon(() -> flood(out));
            while (true) {
                if (readOpcode(in) == 1) {
                    write(out, ALIVE);
                }
            }
        } catch (IOException e) {
            elapsedNanos.completeExceptionally(e); // unless it is over already
        }
    }

    private static void upgrade(DataInputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        int at = head.indexOf("sec-websocket-key: ") + "sec-websocket-key: ".length();
        String key = head.substring(at, head.indexOf("\r\n", at));
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(CONFIRMED);
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private void flood(OutputStream out) {
        byte[] one = frame(HEAD + "0".repeat(DIGITS) + REST);
        byte[] block = new byte[one.length * FRAMES_IN_A_BLOCK];
        for (int i = 0; i < FRAMES_IN_A_BLOCK; i++) {
            System.arraycopy(one, 0, block, i * one.length, one.length);
        }
        int digits = one.length - REST.length() - DIGITS;
        long begin = System.nanoTime();
        try {
            for (long n = 0; n < events; n += FRAMES_IN_A_BLOCK) {
                for (int i = 0; i < FRAMES_IN_A_BLOCK; i++) {
                    writeNumber(n + i, block, i * one.length + digits);
                }
                long due = begin + n * 1_000_000_000L / perSecond;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                write(out, block);
            }
            elapsedNanos.complete(System.nanoTime() - begin);
        } catch (IOException e) {
            elapsedNanos.completeExceptionally(e);
        }
    }

    private void write(OutputStream out, byte[] bytes) throws IOException {
        writing.lock();
        try {
            out.write(bytes);
        } finally {
            writing.unlock();
        }
    }

    private static void writeNumber(long number, byte[] into, int at) {
        long rest = number;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int readOpcode(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        in.skipNBytes(4 + (in.readUnsignedByte() & 0x7f)); // what clients send is short
        return opcode;
    }

    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        boolean small = payload.length < 126;
        byte[] frame = Arrays.copyOf(
                new byte[] {(byte) 0x81, (byte) (small ? payload.length : 126)}, payload.length + (small ? 2 : 4));
        if (!small) {
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        return frame;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
