package io.zoomws.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Text that must not be seen: {@link #toString()} is redacted, so that it cannot reach a log by accident. */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * Wraps a text.
     *
     * @param text not blank
     * @return the secret
     * @throws IllegalArgumentException if it is blank
     */
    public static Secret of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A secret is not blank");
        }
        return new Secret(text);
    }

    /**
     * The text itself. Callers hand it to the protocol and to nothing else.
     *
     * @return the text given to {@link #of}
     */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
