package io.zoomws.server.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lines over a socket; nothing waits longer than it is told to. One thread at a time, but for {@link #close()}. */
final class LineChannel implements AutoCloseable {

    private static final int BUFFER_BYTES = 4096;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip();

    private LineChannel(SocketChannel channel, Selector selector, SelectionKey key) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    /** Takes over a connected channel: closes it if that fails. */
    static LineChannel of(SocketChannel channel) throws IOException {
        Selector selector = null;
        boolean taken = false;
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
            LineChannel lines = new LineChannel(channel, selector, channel.register(selector, 0));
            taken = true;
            return lines;
        } finally {
            if (!taken) {
                channel.close();
                if (selector != null) {
                    selector.close();
                }
            }
        }
    }

    /**
     * Reads a line.
     *
     * @param mostBytes a longer one is refused
     * @return without its line feed; null if the other side has ended before it
     * @throws SocketTimeoutException if it does not come in time
     */
    @Nullable
    String readLine(int mostBytes, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (in.hasRemaining()) {
                byte next = in.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                if (line.size() == mostBytes) {
                    throw new IOException("a line of more than " + mostBytes + " bytes");
                }
                line.write(next);
            }
            in.clear();
            int read = channel.read(in);
            in.flip();
            if (read < 0 && line.size() > 0) {
                throw new EOFException("the end in the middle of a line");
            }
            if (read < 0) {
                return null;
            }
            if (read == 0) {
                await(SelectionKey.OP_READ, deadline);
            }
        }
    }

    /**
     * Writes a line.
     *
     * @throws SocketTimeoutException if it is not taken in time
     */
    void writeLine(String line, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteBuffer out = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    /** Whether the other side has ended. What it sent instead is read and forgotten, a buffer of it with each call. */
    boolean hasEnded() {
        try {
            in.clear();
            int read = channel.read(in);
            in.clear().flip();
            return read < 0;
        } catch (IOException e) {
            return true; // whatever it was, there is nobody to talk to
        }
    }

    private void await(int operation, long deadline) throws IOException {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (leftMillis <= 0) {
            throw new SocketTimeoutException("the other side is silent");
        }
        try {
            key.interestOps(operation);
            selector.select(leftMillis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new IOException("closed", e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
