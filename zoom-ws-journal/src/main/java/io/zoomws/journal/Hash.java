package io.zoomws.journal;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The first 128 bits of a SHA-256.
 *
 * @param high bits 0 to 63
 * @param low bits 64 to 127
 */
record Hash(long high, long low) {

    static final Hash NONE = new Hash(0, 0);

    static Hash of(byte[] sha256) {
        ByteBuffer buffer = ByteBuffer.wrap(sha256);
        return new Hash(buffer.getLong(), buffer.getLong());
    }

    /** 22 printable characters. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }
}
