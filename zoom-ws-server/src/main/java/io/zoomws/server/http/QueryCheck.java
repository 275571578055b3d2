package io.zoomws.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a query can be read in one way only: the library would take what is wrongly written for something else. */
final class QueryCheck {

    /** What RFC 3986 allows, and the signs that people paste all the same. */
    private static final Pattern WRITTEN = Pattern.compile("(?:[\\x21-\\x24\\x26-\\x7E]|%[0-9A-Fa-f]{2})*+");

    private static final int HEXADECIMAL = 16;

    private QueryCheck() {}

    static boolean allows(@Nullable String query) {
        if (query == null) {
            return true;
        }
        if (!WRITTEN.matcher(query).matches()) {
            return false;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(query.length());
        for (int i = 0; i < query.length(); i++) {
            if (query.charAt(i) == '%') {
                bytes.write(Integer.parseInt(query, i + 1, i + 3, HEXADECIMAL));
                i += 2;
            } else {
                bytes.write(query.charAt(i));
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
