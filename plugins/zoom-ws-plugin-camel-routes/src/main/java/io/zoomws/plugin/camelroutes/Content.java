package io.zoomws.plugin.camelroutes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of a file. Equal if they are: a time stamp says less, and says it too early. */
final class Content {

    private final byte[] bytes;

    Content(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Its lines, for looking up where something is. */
    String[] lines() {
        return new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Without the bytes, which may hold a secret. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
