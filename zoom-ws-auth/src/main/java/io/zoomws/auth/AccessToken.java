package io.zoomws.auth;

import java.time.Instant;

/** A bearer token and the time at which Zoom stops to accept it. Two tokens are equal if their text is. */
public final class AccessToken {

    private final Secret text;
    private final Instant expiresAt;

    /**
     * A token.
     *
     * @param text the token as Zoom issued it, opaque
     * @param expiresAt the earliest instant at which it may have ended
     */
    public AccessToken(Secret text, Instant expiresAt) {
        this.text = text;
        this.expiresAt = expiresAt;
    }

    /**
     * The token itself. It belongs into the connection's URL and nowhere else.
     *
     * @return the text as Zoom issued it
     */
    public String reveal() {
        return text.reveal();
    }

    /**
     * When the token ends.
     *
     * @return an instant that is not later than the real end, as far as the local clock is right
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessToken token && text.equals(token.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "AccessToken[[redacted], expires " + expiresAt + "]";
    }
}
