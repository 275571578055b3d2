package io.zoomws.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when told to. */
final class ManualClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-24T03:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    synchronized void advance(Duration time) {
        now = now.plus(time);
    }
}
