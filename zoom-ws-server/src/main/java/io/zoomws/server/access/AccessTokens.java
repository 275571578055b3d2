package io.zoomws.server.access;

import io.zoomws.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The tokens by which requests show what they may do, one for each role that anybody has.
 *
 * @param read for {@link Role#READ}; empty: nobody has that role only
 * @param operate for {@link Role#OPERATE}; empty: nobody has it
 */
public record AccessTokens(Optional<Secret> read, Optional<Secret> operate) {

    /** No tokens: what a request may do does not depend on it. */
    public static final AccessTokens NONE = new AccessTokens(Optional.empty(), Optional.empty());

    /**
     * Whether there are none.
     *
     * @return false if requests need a token
     */
    public boolean isEmpty() {
        return read.isEmpty() && operate.isEmpty();
    }

    /**
     * The role that a token gives. Each is compared in whole, so that the time it takes tells nothing of them.
     *
     * @param token what somebody has sent
     * @return empty if it is none of ours
     */
    public Optional<Role> roleOf(String token) {
        byte[] digest = digest(token);
        boolean reads = matches(read, digest);
        boolean operates = matches(operate, digest);
        if (operates) {
            return Optional.of(Role.OPERATE);
        }
        return reads ? Optional.of(Role.READ) : Optional.empty();
    }

    private static boolean matches(Optional<Secret> expected, byte[] digest) {
        return expected.isPresent()
                && MessageDigest.isEqual(digest(expected.get().reveal()), digest);
    }

    /** Of the same length for each text. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
