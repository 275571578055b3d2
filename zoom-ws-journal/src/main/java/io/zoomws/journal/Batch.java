package io.zoomws.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;

/** Entries behind each other in memory, each as it will be on disk. Guarded by {@link Intake} until it is handed over. */
final class Batch {

    private static final int FIRST_BYTES = 1 << 20;

    private final int keptBytes;
    private final IntFunction<byte[]> memory;
    private byte[] bytes = new byte[FIRST_BYTES];
    private ByteBuffer buffer = view(bytes);
    private int end;
    private long lastSequence;

    /**
     * An empty one.
     *
     * @param keptBytes up to this size the buffer is kept from batch to batch
     * @param memory makes the larger buffers; may throw {@link OutOfMemoryError}
     */
    Batch(int keptBytes, IntFunction<byte[]> memory) {
        this.keptBytes = keptBytes;
        this.memory = memory;
    }

    /** Makes room for so many more bytes, so that {@link #add} cannot fail; if it throws, nothing has changed. */
    void reserve(int more) {
        long needed = (long) end + more;
        if (needed > bytes.length) {
            // Beyond this length a JVM may refuse an array whatever the heap.
            long most = Integer.MAX_VALUE - 16;
            if (needed > most) {
                throw new OutOfMemoryError("a batch of " + needed + " bytes");
            }
            byte[] larger = memory.apply((int) Math.max(needed, Math.min(bytes.length * 2L, most)));
            System.arraycopy(bytes, 0, larger, 0, end);
            bytes = larger;
            buffer = view(bytes);
        }
    }

    /** Adds an entry for which there is room. */
    void add(Envelope header, ByteBuffer payload) {
        int begin = end;
        header.encode(buffer, begin);
        payload.get(payload.position(), bytes, begin + Envelope.HEADER_BYTES, header.payloadBytes());
        end = begin + header.totalBytes();
        lastSequence = header.sequence();
    }

    /** Empties it; a buffer that a burst has swollen is given back. */
    void clear() {
        end = 0;
        if (bytes.length > Math.max(keptBytes, FIRST_BYTES)) {
            bytes = new byte[FIRST_BYTES];
            buffer = view(bytes);
        }
    }

    private static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean isEmpty() {
        return end == 0;
    }

    int end() {
        return end;
    }

    long lastSequence() {
        return lastSequence;
    }

    byte[] bytes() {
        return bytes;
    }

    ByteBuffer buffer() {
        return buffer;
    }
}
