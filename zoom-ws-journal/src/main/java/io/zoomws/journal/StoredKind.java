package io.zoomws.journal;

import org.jspecify.annotations.Nullable;

/**
 * What the writer says about an entry, without having looked at its bytes. What a frame means
 * ({@link io.zoomws.spi.EntryKind}) is derived from it later, so that it can be derived anew.
 */
public enum StoredKind {
    /** A text frame as received. */
    TEXT_FRAME(1),
    /** A binary frame as received. */
    BINARY_FRAME(2),
    /** A frame over the size limit; the payload is a JSON object with its {@code length} and {@code sha256}. */
    TOO_LONG_FRAME(3),
    /** A note of the server about itself, a JSON object. */
    CONTROL_NOTE(4),
    /** A connection became ready; a JSON object, possibly empty. */
    CONNECTED(5),
    /** A ready connection ended; a JSON object with the {@code cause}. */
    DISCONNECTED(6),
    /** An interval without a proven connection; a JSON object with {@code from}, {@code to} (ISO-8601) and {@code cause}. */
    GAP(7),
    /** A writer opened the journal; written by the journal itself. */
    OPENED(8),
    /** A writer closed the journal in order; written by the journal itself. */
    CLOSED(9),
    /** A range found damaged; a JSON object with {@code fromSequence}, {@code toSequence} and {@code cause}; written by the journal itself. */
    QUARANTINE(10);

    private static final StoredKind[] BY_CODE = new StoredKind[11];

    static {
        for (StoredKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final byte code;

    StoredKind(int code) {
        this.code = (byte) code;
    }

    /** The number that stands for this kind on disk; never changed, never used again. */
    byte code() {
        return code;
    }

    static @Nullable StoredKind of(byte code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
