package io.zoomws.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Room for some encoded index records. One thread. */
final class IndexBuffer {

    private final byte[] bytes;
    private final ByteBuffer view;
    private final CRC32C crc = new CRC32C();

    IndexBuffer(int capacity) {
        bytes = new byte[capacity * IndexRecord.BYTES];
        view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes() {
        return bytes;
    }

    void set(int place, IndexRecord record) {
        record.encode(view, place * IndexRecord.BYTES, crc);
    }

    /** The record at a place; null if what is there is not the whole record of that sequence. */
    @Nullable
    IndexRecord get(int place, long sequence) {
        IndexRecord record = IndexRecord.decode(view, place * IndexRecord.BYTES, crc);
        return record != null && record.sequence() == sequence ? record : null;
    }
}
