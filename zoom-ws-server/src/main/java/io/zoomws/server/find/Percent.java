package io.zoomws.server.find;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Takes percent encoding away. Unlike a form's, a plus sign is one: ids of meetings hold it. */
final class Percent {

    /** Zoom asks for ids of meetings to be encoded twice, if they hold a slash. */
    private static final int MOST_TIMES = 2;

    private static final int HEX = 16;

    private Percent() {}

    /** What is encoded no more, or was encoded more often than anybody does. */
    static String decode(String text) {
        String decoded = text;
        for (int i = 0; i < MOST_TIMES && decoded.indexOf('%') >= 0; i++) {
            decoded = once(decoded);
        }
        return decoded;
    }

    /** What is no encoding stays as it is. */
    private static String once(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], HEX);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write(high * HEX + low);
                i += 2;
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
