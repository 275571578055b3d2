package io.zoomws.server.doctor;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be tried.
 *
 * @param subscription the name of the only one to walk, which must be configured; empty: each
 * @param alert whether to tell those whom alerts are told that this is a test
 * @param connect whether to connect, which ends whichever connection there is
 * @param patience how long to wait for a first event, if it connects
 */
public record Plan(Optional<String> subscription, boolean alert, boolean connect, Duration patience) {

    boolean names(String name) {
        return subscription.isEmpty() || subscription.get().equals(name);
    }
}
