package io.zoomws.server.alert;

import io.zoomws.auth.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told what.
 *
 * @param command program and arguments, run without a shell; empty: none
 * @param url an address that is posted to; never together with a command
 * @param kinds what is told
 * @param gap a longer one is told
 * @param repeat what goes on is told again so often, and what comes again within that time is not
 * @param timeLimit for the command, or for the answer of the address
 */
public record AlertSettings(
        List<String> command,
        Optional<Secret> url,
        Set<AlertKind> kinds,
        Duration gap,
        Duration repeat,
        Duration timeLimit) {

    /** Nobody is told anything. */
    public static final AlertSettings NONE = new AlertSettings(
            List.of(),
            Optional.empty(),
            Set.of(AlertKind.values()),
            Duration.ofMinutes(1),
            Duration.ofHours(4),
            Duration.ofSeconds(10));

    /** Takes copies. */
    public AlertSettings {
        command = List.copyOf(command);
        kinds = Set.copyOf(kinds);
    }

    /**
     * Whether anybody is told.
     *
     * @return true if there is a command or an address
     */
    public boolean enabled() {
        return !command.isEmpty() || url.isPresent();
    }
}
