package io.zoomws.server.host;

import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.spi.JournalReader;
import java.time.Duration;

/** What was started in a slot, and the reader that is to be closed after it has ended. */
record Occupant(RunningInstance instance, JournalReader reader) {

    /** Whether nothing of it runs any more. */
    boolean hasEnded() {
        try {
            return instance.awaitEnd(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isAbandoned() {
        return instance.status().state() == InstanceState.ABANDONED;
    }

    boolean occupies() {
        return !isAbandoned() && !hasEnded();
    }

    /** Whether it runs on although it was given up. */
    boolean haunts() {
        return isAbandoned() && !hasEnded();
    }
}
