package io.zoomws.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Entries behind each other in memory, each as it will be on disk. Guarded by {@link Intake} until it is handed over. */
final class Batch {

    private static final int FIRST_BYTES = 1 << 20;

    private final int keptBytes;
    private byte[] bytes = new byte[FIRST_BYTES];
    private ByteBuffer buffer = view(bytes);
    private int end;
    private long lastSequence;

    /** {@code keptBytes}: up to this size the buffer is kept from batch to batch. */
    Batch(int keptBytes) {
        this.keptBytes = keptBytes;
    }

    void add(Envelope header, ByteBuffer payload) {
        int begin = end;
        grow(begin + header.totalBytes());
        header.encode(buffer, begin);
        payload.get(payload.position(), bytes, begin + Envelope.HEADER_BYTES, header.payloadBytes());
        end = begin + header.totalBytes();
        lastSequence = header.sequence();
    }

    private void grow(int needed) {
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
            buffer = view(bytes);
        }
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
