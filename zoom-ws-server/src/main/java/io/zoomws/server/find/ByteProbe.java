package io.zoomws.server.find;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells whether a few ASCII characters are among many bytes, without looking at most of these (Boyer, Moore, Horspool). */
final class ByteProbe {

    private static final int BYTES = 256;

    private final byte[] wanted;
    private final byte[] fold = new byte[BYTES];
    private final int[] shift = new int[BYTES];

    ByteProbe(String wanted, boolean ignoreCase) {
        for (int i = 0; i < BYTES; i++) {
            fold[i] = (byte) (ignoreCase && i >= 'A' && i <= 'Z' ? i + 'a' - 'A' : i);
        }
        this.wanted = wanted.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < this.wanted.length; i++) {
            this.wanted[i] = fold[this.wanted[i] & 0xFF];
        }
        Arrays.fill(shift, this.wanted.length);
        for (int i = 0; i + 1 < this.wanted.length; i++) {
            shift[this.wanted[i] & 0xFF] = this.wanted.length - 1 - i;
        }
    }

    boolean isIn(byte[] bytes) {
        int last = wanted.length - 1;
        for (int at = 0; at + last < bytes.length; ) {
            byte end = fold[bytes[at + last] & 0xFF];
            if (end == wanted[last] && isAt(bytes, at)) {
                return true;
            }
            at += shift[end & 0xFF];
        }
        return false;
    }

    private boolean isAt(byte[] bytes, int at) {
        for (int i = 0; i + 1 < wanted.length; i++) {
            if (fold[bytes[at + i] & 0xFF] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
