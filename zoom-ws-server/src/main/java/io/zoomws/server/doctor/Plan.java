package io.zoomws.server.doctor;

import java.time.Duration;
import java.util.List;

/**
 * What is to be tried.
 *
 * @param subscriptions the names of those to walk; each must be configured
 * @param connect whether to connect, which ends whichever connection there is
 * @param patience how long to wait for a first event, if it connects
 */
public record Plan(List<String> subscriptions, boolean connect, Duration patience) {

    /** Takes a copy. */
    public Plan {
        subscriptions = List.copyOf(subscriptions);
    }
}
