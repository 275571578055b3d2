package io.zoomws.journal;

import io.zoomws.spi.EntryKind;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is derived from one entry, of fixed size, so that the record of a sequence is found by multiplication and a time by
 * halving. Everything here can be derived again from the journal.
 *
 * <pre>
 *   0 CRC32C | 4 stored kind | 5 entry kind | 6 flags (1: damaged, 2: has event_ts)
 *   8 sequence | 16 received at | 24 position in the cycle file | 32 length | 36 event type
 *  40 connection | 48 duplicate of, 0: none | 56 content hash, 16 bytes | 72 stable hash, 16 bytes
 *  88 newest proof | 96 live connection | 104 newest connection | 112 entry that set the link | 120 epoch
 * </pre>
 *
 * @param kind as stored
 * @param entryKind as derived
 * @param damaged the entry could not be found; only sequence and time mean anything
 * @param timed the event has an {@code event_ts}
 * @param sequence the public position
 * @param receivedAtNanos epoch nanoseconds, never less than that of the record before
 * @param position of the envelope in the cycle file
 * @param totalBytes length of the envelope with its payload
 * @param type stands for the type of an event, within this segment only, see {@link EventTypes}; 0 tells nothing
 * @param connection of the entry
 * @param duplicateOf sequence of the first event with this content, 0 if this is the first
 * @param content hash of an event's content as sent
 * @param stable the same without volatile fields; the event's id
 * @param link what is known of the connection as of this entry
 * @param epoch the run of the writer
 */
record IndexRecord(
        StoredKind kind,
        EntryKind entryKind,
        boolean damaged,
        boolean timed,
        long sequence,
        long receivedAtNanos,
        long position,
        int totalBytes,
        int type,
        long connection,
        long duplicateOf,
        Hash content,
        Hash stable,
        Link link,
        long epoch) {

    static final int BYTES = 128;

    private static final int DAMAGED = 1;
    private static final int TIMED = 2;

    /**
     * What is known of the connection, summed up over all entries so far, so that the end of a journal tells it at once.
     *
     * <p>The newest proof is the one of the newest entry that has one, not the one with the latest time: if the clock was set
     * back, the latest time is one that has not come yet, and a gap from there would leave out the truth. Connections do not
     * confuse this: the core gives every frame the proof that holds for the whole link, and 0 while it is not known whether
     * an old and a new connection overlapped.
     *
     * @param provenAtNanos the instant at which a connection was proven live last, 0 if never
     * @param liveConnection the connection that is ready, 0 for none
     * @param lastConnection the highest connection number used
     * @param sinceSequence the entry that opened or ended the connection last
     */
    record Link(long provenAtNanos, long liveConnection, long lastConnection, long sinceSequence) {

        static final Link NONE = new Link(0, 0, 0, 0);

        Link after(Envelope envelope) {
            long proven = envelope.provenAtNanos() == 0 ? provenAtNanos : envelope.provenAtNanos();
            long last = Math.max(lastConnection, envelope.connection());
            return switch (envelope.kind()) {
                case CONNECTED -> new Link(proven, envelope.connection(), last, envelope.sequence());
                case DISCONNECTED ->
                    envelope.connection() == liveConnection
                            ? new Link(proven, 0, last, envelope.sequence())
                            : new Link(proven, liveConnection, last, sinceSequence);
                case OPENED, CLOSED ->
                    new Link(proven, 0, last, liveConnection == 0 ? sinceSequence : envelope.sequence());
                case TEXT_FRAME, BINARY_FRAME, TOO_LONG_FRAME, CONTROL_NOTE, GAP, QUARANTINE ->
                    new Link(proven, liveConnection, last, sinceSequence);
            };
        }
    }

    /** Stands for an entry that is lost; time and link are those of the entry before, if there is one. */
    static IndexRecord damaged(long sequence, @Nullable IndexRecord before) {
        return new IndexRecord(
                StoredKind.QUARANTINE,
                EntryKind.QUARANTINE,
                true,
                false,
                sequence,
                before == null ? 0 : before.receivedAtNanos,
                0,
                0,
                0,
                0,
                0,
                Hash.NONE,
                Hash.NONE,
                before == null ? Link.NONE : before.link,
                before == null ? 0 : before.epoch);
    }

    /** Stands for the entry of this record, which is lost although the record is not. */
    IndexRecord asDamaged() {
        return damaged(sequence, this);
    }

    /** The same, saying nothing of the type: whoever derives single records does not know the numbers of the segment. */
    IndexRecord withoutType() {
        return new IndexRecord(
                kind,
                entryKind,
                damaged,
                timed,
                sequence,
                receivedAtNanos,
                position,
                totalBytes,
                EventTypes.UNKNOWN,
                connection,
                duplicateOf,
                content,
                stable,
                link,
                epoch);
    }

    /** Whether this was derived from that entry. */
    boolean describes(Envelope envelope) {
        return sequence == envelope.sequence()
                && kind == envelope.kind()
                && totalBytes == envelope.totalBytes()
                && receivedAtNanos == envelope.receivedAtNanos();
    }

    void encode(ByteBuffer target, int at, CRC32C crc) {
        target.put(at + 4, kind.code());
        target.put(at + 5, code(entryKind));
        target.putShort(at + 6, (short) ((damaged ? DAMAGED : 0) | (timed ? TIMED : 0)));
        target.putLong(at + 8, sequence);
        target.putLong(at + 16, receivedAtNanos);
        target.putLong(at + 24, position);
        target.putInt(at + 32, totalBytes);
        target.putInt(at + 36, type);
        target.putLong(at + 40, connection);
        target.putLong(at + 48, duplicateOf);
        target.putLong(at + 56, content.high());
        target.putLong(at + 64, content.low());
        target.putLong(at + 72, stable.high());
        target.putLong(at + 80, stable.low());
        target.putLong(at + 88, link.provenAtNanos);
        target.putLong(at + 96, link.liveConnection);
        target.putLong(at + 104, link.lastConnection);
        target.putLong(at + 112, link.sinceSequence);
        target.putLong(at + 120, epoch);
        target.putInt(at, checksum(target, at, crc));
    }

    /** Reads the record at {@code at}; null if it is not whole. */
    static @Nullable IndexRecord decode(ByteBuffer source, int at, CRC32C crc) {
        StoredKind kind = StoredKind.of(source.get(at + 4));
        if (kind == null || source.getInt(at) != checksum(source, at, crc)) {
            return null;
        }
        int flags = source.getShort(at + 6);
        return new IndexRecord(
                kind,
                entryKind(source.get(at + 5)),
                (flags & DAMAGED) != 0,
                (flags & TIMED) != 0,
                source.getLong(at + 8),
                source.getLong(at + 16),
                source.getLong(at + 24),
                source.getInt(at + 32),
                source.getInt(at + 36),
                source.getLong(at + 40),
                source.getLong(at + 48),
                new Hash(source.getLong(at + 56), source.getLong(at + 64)),
                new Hash(source.getLong(at + 72), source.getLong(at + 80)),
                new Link(
                        source.getLong(at + 88),
                        source.getLong(at + 96),
                        source.getLong(at + 104),
                        source.getLong(at + 112)),
                source.getLong(at + 120));
    }

    /** The numbers of kinds on disk: never changed, never used again. */
    static byte code(EntryKind kind) {
        return switch (kind) {
            case EVENT -> 1;
            case CONTROL -> 2;
            case UNREADABLE -> 3;
            case CONNECTED -> 4;
            case DISCONNECTED -> 5;
            case GAP -> 6;
            case OPENED -> 7;
            case CLOSED -> 8;
            case QUARANTINE -> 9;
        };
    }

    private static EntryKind entryKind(byte code) {
        return switch (code) {
            case 1 -> EntryKind.EVENT;
            case 2 -> EntryKind.CONTROL;
            case 4 -> EntryKind.CONNECTED;
            case 5 -> EntryKind.DISCONNECTED;
            case 6 -> EntryKind.GAP;
            case 7 -> EntryKind.OPENED;
            case 8 -> EntryKind.CLOSED;
            case 9 -> EntryKind.QUARANTINE;
            default -> EntryKind.UNREADABLE;
        };
    }

    private static int checksum(ByteBuffer source, int at, CRC32C crc) {
        crc.reset();
        crc.update(source.array(), source.arrayOffset() + at + 4, BYTES - 4);
        return (int) crc.getValue();
    }
}
