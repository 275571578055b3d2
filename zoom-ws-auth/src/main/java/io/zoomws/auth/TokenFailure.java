package io.zoomws.auth;

import java.time.Duration;
import java.util.Optional;

/** Why there is no token, told apart by who can mend it. */
public sealed interface TokenFailure {

    /** The client id or secret is wrong: the user must correct it. */
    record WrongCredentials() implements TokenFailure {}

    /** The account id is wrong, missing, or of another kind of app: the user must correct it. */
    record WrongAccount() implements TokenFailure {}

    /**
     * Zoom asks for patience.
     *
     * @param retryAfter how long, never negative; empty if it did not say
     */
    record RateLimited(Optional<Duration> retryAfter) implements TokenFailure {}

    /** The endpoint cannot be reached, does not answer in time, or says that it is out of order: it passes by itself. */
    record Unavailable() implements TokenFailure {}

    /** Something answered, but not like Zoom's token endpoint: a wrong URL, or a proxy in between. */
    record Nonsense() implements TokenFailure {}
}
