package io.zoomws.simulator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What became of each event: sent or missed, each counted once, however often it was written. Confined to the event loop. */
final class EventLedger {

    private final InstantSource clock;
    private final Newest<SentEvent> newestSent;
    private final Newest<MissedEvent> newestMissed;
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private long generated;
    private long sent;
    private long repeated;
    private long missed;

    EventLedger(InstantSource clock, int limit) {
        this.clock = clock;
        this.newestSent = new Newest<>(limit);
        this.newestMissed = new Newest<>(limit);
    }

    /** An event has happened. Returns its number. */
    long happened() {
        return ++generated;
    }

    /** The operating system has taken an event's frames, for the first time or once more. */
    void written(OutgoingEvent event, EventSocket socket, boolean again) {
        newestSent.add(new SentEvent(event.number(), socket.number(), event.frame(), clock.instant()));
        if (again) {
            repeated++;
        } else {
            sent++;
            settled();
        }
    }

    /** An event will not be written to any connection. */
    void missed(OutgoingEvent event, long connection) {
        newestMissed.add(new MissedEvent(event.number(), connection, clock.instant()));
        missed++;
        settled();
    }

    /** Completes when every event that has happened was either sent or missed. */
    CompletableFuture<Boolean> quiet() {
        CompletableFuture<Boolean> quiet = new CompletableFuture<>();
        waiting.add(quiet);
        settled();
        return quiet;
    }

    private void settled() {
        if (generated == sent + missed) {
            waiting.forEach(quiet -> quiet.complete(true));
            waiting.clear();
        }
    }

    List<SentEvent> sentEvents() {
        return newestSent.copy();
    }

    List<MissedEvent> missedEvents() {
        return newestMissed.copy();
    }

    long generated() {
        return generated;
    }

    long sent() {
        return sent;
    }

    long repeated() {
        return repeated;
    }

    long missed() {
        return missed;
    }
}
