package io.zoomws.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Issues tokens and knows which are still good. Confined to the event loop. */
final class Tokens {

    /** Zoom's tokens are JWTs of 600 characters and more; a client must not choke on that. */
    private static final int BODY_BYTES = 420;

    private static final int SIGNATURE_BYTES = 64;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Duration life;
    private final boolean newEndsOld;
    private final Map<String, Instant> endOfToken = new HashMap<>();

    Tokens(InstantSource clock, RandomGenerator random, Duration life, boolean newEndsOld) {
        this.clock = clock;
        this.random = random;
        this.life = life;
        this.newEndsOld = newEndsOld;
    }

    String issue(Duration tokenLife, boolean endsOld) {
        Instant now = clock.instant();
        if (newEndsOld || endsOld) {
            endOfToken.clear();
        }
        endOfToken.values().removeIf(end -> !now.isBefore(end));
        String token = "eyJhbGciOiJIUzUxMiJ9." + text(BODY_BYTES) + "." + text(SIGNATURE_BYTES);
        endOfToken.put(token, now.plus(tokenLife));
        return token;
    }

    /** Until when a token is good; null if it is not. */
    @Nullable
    Instant end(String token) {
        Instant end = endOfToken.get(token);
        return end != null && clock.instant().isBefore(end) ? end : null;
    }

    /** No token issued so far is good any more. */
    void endAll() {
        endOfToken.clear();
    }

    Instant now() {
        return clock.instant();
    }

    Duration life() {
        return life;
    }

    private String text(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }
}
