package io.zoomws.plugin.attendance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Text as every database holds it: without NUL, without half a character, no longer than its column. */
final class SqlText {

    /** With four ids in a key, four bytes a character, PostgreSQL's limit of 2,704 bytes is far. */
    static final int LONGEST_ID = 128;

    /** A topic has 200 characters at most, a name 64, an address 254; Zoom may think otherwise one day. */
    static final int LONGEST_TEXT = 1000;

    private static final int KEPT_OF_A_LONG_ID = 60;
    private static final char REPLACEMENT = '\uFFFD';

    private SqlText() {}

    /** For people to read: cut if it is too long. Blank text is none. */
    static Optional<String> of(String text) {
        return Optional.of(cut(clean(text), LONGEST_TEXT)).filter(clean -> !clean.isBlank());
    }

    /** To tell things apart: an id that is too long keeps its beginning, and the hash of the whole. Blank ids are none. */
    static Optional<String> id(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        String clean = clean(text);
        // Ids that only differ in what cannot be stored must not become one.
        return Optional.of(
                clean.length() <= LONGEST_ID && clean.equals(text)
                        ? clean
                        : cut(clean, KEPT_OF_A_LONG_ID) + "#" + sha256(text));
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? REPLACEMENT
                        : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static String sha256(String text) {
        try {
            // UTF-16: half a character has no UTF-8.
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
