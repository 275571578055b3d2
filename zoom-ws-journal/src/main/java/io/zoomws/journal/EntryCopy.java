package io.zoomws.journal;

import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * An entry as bytes of its own, for whoever must keep it longer than the journal does. What comes back is the same entry, at
 * the same sequence, with the same id.
 *
 * <p>Little endian, version 1:
 *
 * <pre>
 *   0 "ZWEC" | 4 version | 8 length of the subscription's name | 12 length of the payload
 *  16 index record, 128 bytes, without the number of its type | 144 name in UTF-8 | payload | CRC32C of all before
 * </pre>
 *
 * <p>An entry that is not of our journal, as in tests, is copied by its bytes: it comes back as the journal would have shown
 * them.
 */
public final class EntryCopy {

    /** "ZWEC" in the order of the bytes. */
    private static final int MAGIC = 0x4345575A;

    private static final int VERSION = 1;
    private static final int RECORD_AT = 16;
    private static final int NAME_AT = RECORD_AT + IndexRecord.BYTES;
    private static final int CRC_BYTES = 4;

    private EntryCopy() {}

    /**
     * Copies an entry.
     *
     * @param entry of any kind
     * @return its copy
     */
    public static byte[] write(Entry entry) {
        byte[] payload = entry.payload();
        byte[] name = entry.subscription().getBytes(StandardCharsets.UTF_8);
        IndexRecord record =
                entry instanceof StoredEntry stored ? stored.index().withoutType() : derived(entry, payload);
        ByteBuffer copy = ByteBuffer.allocate(NAME_AT + name.length + payload.length + CRC_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        copy.putInt(MAGIC).putInt(VERSION).putInt(name.length).putInt(payload.length);
        record.encode(copy, RECORD_AT, new CRC32C());
        copy.position(NAME_AT);
        copy.put(name).put(payload);
        copy.putInt(checksum(copy.array()));
        return copy.array();
    }

    /**
     * Reads a copy.
     *
     * @param bytes as written
     * @return the entry
     * @throws IOException if the copy is damaged, or of a version that is not known here; the message says which, and nothing
     *     of what is in it
     */
    public static Entry read(byte[] bytes) throws IOException {
        ByteBuffer copy = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < NAME_AT + CRC_BYTES || copy.getInt(0) != MAGIC) {
            throw new IOException("not a copy of an entry");
        }
        if (copy.getInt(4) != VERSION) {
            throw new IOException("a copy of version " + copy.getInt(4) + ", and this program reads " + VERSION);
        }
        int nameBytes = copy.getInt(8);
        int payloadBytes = copy.getInt(12);
        boolean fits = nameBytes >= 0
                && payloadBytes >= 0
                && (long) NAME_AT + nameBytes + payloadBytes + CRC_BYTES == bytes.length;
        copy.position(bytes.length - CRC_BYTES);
        IndexRecord record =
                fits && copy.getInt() == checksum(bytes) ? IndexRecord.decode(copy, RECORD_AT, new CRC32C()) : null;
        if (record == null) {
            throw new IOException("damaged: its checksum is not right");
        }
        String subscription = new String(bytes, NAME_AT, nameBytes, StandardCharsets.UTF_8);
        byte[] payload = new byte[payloadBytes];
        copy.get(NAME_AT + nameBytes, payload);
        return StoredEntry.of(subscription, record, payload);
    }

    private static int checksum(byte[] copy) {
        CRC32C crc = new CRC32C();
        crc.update(copy, 0, copy.length - CRC_BYTES);
        return (int) crc.getValue();
    }

    /** What the journal would make of the bytes. */
    private static IndexRecord derived(Entry entry, byte[] payload) {
        EventText event = entry.kind() == EntryKind.EVENT ? Frame.read(payload).event() : null;
        Hasher hasher = new Hasher();
        Hash content = event == null ? Hash.NONE : hasher.content(event);
        long duplicateOf =
                entry instanceof ZoomEvent repeat ? repeat.duplicateOf().orElse(0) : 0;
        return new IndexRecord(
                storedKind(entry.kind()),
                entry.kind(),
                false,
                event != null && event.timed(),
                entry.sequence(),
                Times.nanos(entry.receivedAt()),
                0,
                Envelope.HEADER_BYTES + payload.length,
                EventTypes.UNKNOWN,
                entry.connection(),
                duplicateOf,
                content,
                event == null ? Hash.NONE : hasher.stable(event, content),
                IndexRecord.Link.NONE,
                0);
    }

    private static StoredKind storedKind(EntryKind kind) {
        return switch (kind) {
            case EVENT, CONTROL -> StoredKind.TEXT_FRAME;
            case UNREADABLE -> StoredKind.BINARY_FRAME;
            case CONNECTED -> StoredKind.CONNECTED;
            case DISCONNECTED -> StoredKind.DISCONNECTED;
            case GAP -> StoredKind.GAP;
            case OPENED -> StoredKind.OPENED;
            case CLOSED -> StoredKind.CLOSED;
            case QUARANTINE -> StoredKind.QUARANTINE;
        };
    }
}
