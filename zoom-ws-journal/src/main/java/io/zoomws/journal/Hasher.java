package io.zoomws.journal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Hashes the text of events, so that frames of both forms agree on the same event. One thread. */
final class Hasher {

    private final MessageDigest sha256;

    Hasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Over the whole text. */
    Hash content(EventText event) {
        update(event.json());
        return Hash.of(sha256.digest());
    }

    /** Over the text without its volatile values; the same as {@link #content} if it has none. */
    Hash stable(EventText event, Hash content) {
        List<Integer> slices = event.volatileSlices();
        if (slices.isEmpty()) {
            return content;
        }
        int done = 0;
        for (int i = 0; i < slices.size(); i += 2) {
            update(event.json().substring(done, slices.get(i)));
            done = slices.get(i + 1);
        }
        update(event.json().substring(done));
        return Hash.of(sha256.digest());
    }

    /** UTF-8; for text with a lone surrogate, which has no UTF-8, its UTF-16 units. */
    private void update(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            sha256.update(bytes);
        } catch (CharacterCodingException e) {
            // 0xFF begins no UTF-8, so the two encodings cannot be taken for each other.
            ByteBuffer units = ByteBuffer.allocate(1 + 2 * text.length()).put((byte) 0xFF);
            for (int i = 0; i < text.length(); i++) {
                units.putChar(text.charAt(i));
            }
            sha256.update(units.flip());
        }
    }
}
