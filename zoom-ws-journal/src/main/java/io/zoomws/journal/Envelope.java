package io.zoomws.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header of one entry on disk; drawn in the package's description. All methods work on little-endian heap buffers with
 * absolute offsets, so that nothing is allocated while writing.
 *
 * @param kind what the writer said it is
 * @param sequence the public position
 * @param epoch the run of the writer
 * @param receivedAtNanos epoch nanoseconds
 * @param connection 0 for none
 * @param provenAtNanos the instant at which this entry proves the connection live, 0 if it proves nothing
 * @param payloadBytes length of the payload, which follows the header
 */
record Envelope(
        StoredKind kind,
        long sequence,
        long epoch,
        long receivedAtNanos,
        long connection,
        long provenAtNanos,
        int payloadBytes) {

    /** "ZWJE" in the order of the bytes. First, so that a scan finds entries behind damage. */
    static final int MAGIC = 0x454A575A;

    static final int HEADER_BYTES = 64;
    static final byte VERSION = 1;

    private static final int VERSION_AT = 4;
    private static final int KIND_AT = 5;
    private static final int FLAGS_AT = 6;
    private static final int LENGTH_AT = 8;
    private static final int CRC_AT = 12;
    private static final int HEADER_LENGTH_AT = 16;
    private static final int KEY_AT = 20;
    private static final int SEQUENCE_AT = 24;
    private static final int EPOCH_AT = 32;
    private static final int RECEIVED_AT = 40;
    private static final int CONNECTION_AT = 48;
    private static final int PROVEN_AT = 56;

    int totalBytes() {
        return HEADER_BYTES + payloadBytes;
    }

    /** Writes the header at {@code at}, all but the checksum. */
    void encode(ByteBuffer target, int at) {
        target.putInt(at, MAGIC);
        target.put(at + VERSION_AT, VERSION);
        target.put(at + KIND_AT, kind.code());
        target.putShort(at + FLAGS_AT, (short) 0);
        target.putInt(at + LENGTH_AT, payloadBytes);
        target.putInt(at + CRC_AT, 0);
        target.putInt(at + HEADER_LENGTH_AT, HEADER_BYTES);
        target.putInt(at + KEY_AT, 0);
        target.putLong(at + SEQUENCE_AT, sequence);
        target.putLong(at + EPOCH_AT, epoch);
        target.putLong(at + RECEIVED_AT, receivedAtNanos);
        target.putLong(at + CONNECTION_AT, connection);
        target.putLong(at + PROVEN_AT, provenAtNanos);
    }

    /** Adds the checksum to an entry that is complete. */
    static void seal(ByteBuffer target, int at, CRC32C crc) {
        target.putInt(at + CRC_AT, checksum(target, at, totalBytes(target, at), crc));
    }

    /** Length of the entry at {@code at}, header included, as its header states it: check the bounds. */
    static int totalBytes(ByteBuffer source, int at) {
        return HEADER_BYTES + source.getInt(at + LENGTH_AT);
    }

    /** Whether a header that may be one of ours begins at {@code at}: magic and known lengths. */
    static boolean plausible(ByteBuffer source, int at) {
        return source.getInt(at) == MAGIC
                && source.getInt(at + HEADER_LENGTH_AT) == HEADER_BYTES
                && source.getInt(at + LENGTH_AT) >= 0
                && source.getInt(at + LENGTH_AT) <= Integer.MAX_VALUE - 2 * HEADER_BYTES;
    }

    /**
     * Reads the entry at {@code at}.
     *
     * @param available bytes there are from {@code at} on
     * @return null if there is no whole entry with a right checksum
     */
    static @Nullable Envelope decode(ByteBuffer source, int at, int available, CRC32C crc) {
        if (available < HEADER_BYTES || !plausible(source, at) || source.get(at + VERSION_AT) != VERSION) {
            return null;
        }
        int total = totalBytes(source, at);
        StoredKind kind = StoredKind.of(source.get(at + KIND_AT));
        if (total > available || kind == null || source.getInt(at + CRC_AT) != checksum(source, at, total, crc)) {
            return null;
        }
        return new Envelope(
                kind,
                source.getLong(at + SEQUENCE_AT),
                source.getLong(at + EPOCH_AT),
                source.getLong(at + RECEIVED_AT),
                source.getLong(at + CONNECTION_AT),
                source.getLong(at + PROVEN_AT),
                total - HEADER_BYTES);
    }

    private static int checksum(ByteBuffer source, int at, int total, CRC32C crc) {
        crc.reset();
        crc.update(source.array(), source.arrayOffset() + at, CRC_AT);
        crc.update(source.array(), source.arrayOffset() + at + HEADER_LENGTH_AT, total - HEADER_LENGTH_AT);
        return (int) crc.getValue();
    }
}
